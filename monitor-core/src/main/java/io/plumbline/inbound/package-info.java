/**
 * The way in: whatever is received becomes bytes in one order.
 *
 * <pre>
 *  threads                                                    threads
 *  feed-io-N ──▶ Inbound.offer ─┐   claim n cells, copy,   ┌─▶ "journal" ──▶ JournalWriter
 *  redis-N ────▶ Inbound.offer ─┼─▶ publish; never wait ───┤
 *  timer ──────▶ Inbound.offer ─┘   InboundRing            └─▶ "engine" ───▶ Engine
 *     │                             Cell[] heads, Slab bytes
 *     ├──▶ InboundRing.flushDrops   what sources lost and had no message since to tell
 *     └──▶ Watchdog.check           consumers that have work and do not move
 * </pre>
 *
 * <p>A message takes as many neighbouring cells as its bytes need. Their bytes are one stretch of
 * the slab, which consumers read in place. When there is no room the message is dropped: the next
 * one of its source carries how many were. {@link io.plumbline.inbound.InlineInbound} is the same
 * door without threads.
 */
package io.plumbline.inbound;
