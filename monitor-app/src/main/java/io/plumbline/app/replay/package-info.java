/**
 * Recordings through the same engine, on one thread; another reads ahead of it, and of journals
 * decodes what may be decoded before its turn.
 *
 * <pre>
 *   ahead, a thread each                     the caller's thread
 *
 *   journal ──▶ JournalAhead ─ batches ─▶ JournalTape ─┐
 *               DecodeAhead                            ├─▶ Replay ─▶ Engine ─▶ findings (NDJSON),
 *   capture ──▶ LinesAhead ─── batches ─▶ CaptureTape ─┘   pace, window         ReplaySummary
 * </pre>
 */
package io.plumbline.app.replay;
