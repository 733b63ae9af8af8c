/**
 * The record of what was received: evidence, recording and replay input in one.
 *
 * <pre>
 *  thread journal                      thread journal-disk                 files
 *  ring ──▶ JournalWriter.onMessage    every 50 ms, or 1 MiB; ticks alone every second
 *                  │                   ┌─▶ JournalDisk ──▶ SegmentFile ──▶ 0000000007.plj.open
 *                  ▼                   │      │ ▲                              │ fsync, rename
 *            RecordBuffer: one half ───┘      │ └ DiskSpace: the floor         ▼
 *            filled, one half written         └─▶ SegmentDirectory ──────▶ 0000000006.plj ...
 *                                                 recovery, retention
 *  any thread
 *  JournalReader ◀── SegmentScanner: every record checked ◀─────────────── the same files
 *     │
 *     └──▶ replay, JournalVerifier
 * </pre>
 *
 * <p>The bytes are {@link io.plumbline.journal.JournalLayout}'s. The ring never waits for the disk,
 * and whatever the disk does, detection goes on; what is not recorded is counted.
 */
package io.plumbline.journal;
