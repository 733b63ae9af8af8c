/**
 * Venues' REST interfaces: one blocking request at a time, bounded in bytes and time, on the thread
 * of whoever asks.
 *
 * <pre>
 *  ReferenceFetcher (thread reference-VENUE) ─▶ InstrumentList ─┐
 *  backfill.Backfill (thread backfill-VENUE) ───────────────────┴─▶ RestClient ─▶ BoundedBody
 * </pre>
 *
 * <p>{@link io.plumbline.feed.rest.Trust} says whom we believe to be a venue, here and in the
 * WebSocket client.
 */
package io.plumbline.feed.rest;
