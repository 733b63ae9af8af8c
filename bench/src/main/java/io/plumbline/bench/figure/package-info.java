/**
 * The figures of {@code bench/run}: each is a small class that measures ours and its peers in one
 * JVM of its own, in turns (A B A B), by processor time.
 *
 * <pre>
 *  Bench ──one JVM per figure──▶ Figure ─▶ Contest: Contender, Contender, ... ─▶ Row, Row, ... ─▶ report
 * </pre>
 */
package io.plumbline.bench.figure;
