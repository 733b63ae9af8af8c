package io.plumbline.app.desk;

/**
 * Somebody has taken a case on: it is not said again, until it gets worse.
 *
 * @param by who
 * @param note what they wrote, "" for nothing
 * @param atNs when, ns since the epoch
 */
public record Acknowledgement(String by, String note, long atNs) {}
