/**
 * Which watched key a name was meant to be. Every system at a boundary has its own way of writing a
 * symbol; a writer that uses the wrong one fills a key that nobody reads.
 *
 * <pre>
 *  a name in Redis ─▶ Spelling (what only looks different) ─▶ KeyNames ─▶ Meant: which keys, why
 * </pre>
 *
 * <p>Built once at start, then only read: by the thread that walks through the names and, behind
 * the ring, by the detector.
 */
package io.plumbline.market.naming;
