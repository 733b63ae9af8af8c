/**
 * Recordings through the same engine, on one thread.
 *
 * <pre>
 *   journal ───▶ JournalTape ─┐
 *                             ├─▶ Replay ─▶ Engine ─▶ findings (NDJSON), ReplaySummary
 *   captures ──▶ CaptureTape ─┘   pace, window
 * </pre>
 */
package io.plumbline.app.replay;
