package io.plumbline.inbound;

import java.util.Map;

/**
 * How a ring ended: the proof that nothing which was accepted was left lying.
 *
 * @param published messages accepted since the ring was made
 * @param consumed messages handled, by consumer role, in the order of the roles
 * @param complete whether every consumer has handled all of them and its thread has ended in time,
 *     so that its handler may now be closed by any thread
 */
public record Shutdown(long published, Map<String, Long> consumed, boolean complete) {}
