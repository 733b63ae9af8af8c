package io.plumbline.app.http;

/**
 * What a route can be told.
 *
 * @param name in the query, or of the part of the path that stands below the route's
 * @param example a value that it takes
 */
record Parameter(String name, String meaning, String example) {}
