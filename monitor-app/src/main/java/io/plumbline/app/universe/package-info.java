/**
 * Which symbols are watched, where the configuration does not name them: patterns over what a venue
 * lists, and the keys that stand in Redis. What was concluded is a configuration that names every
 * symbol; it goes into the journal, so that a replay asks nobody.
 */
package io.plumbline.app.universe;
