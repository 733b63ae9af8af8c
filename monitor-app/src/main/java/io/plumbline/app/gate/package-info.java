/**
 * Safe to trade? One answer for each symbol and one for all, from the open cases and the engine's
 * board.
 *
 * <pre>
 *  desk: cases ─────┐
 *  engine: Board ───┼──▶ Gate ──▶ GateReading ──▶ API, event stream       any thread
 *  engine's pace ───┘     │
 *                         └─────▶ GateFile (memory-mapped)                desk's threads
 *                         └─────▶ GateHash ▸ KeptHash ══▶ a Redis         gate-redis
 * </pre>
 *
 * <p>It opens only on evidence. A monitor that cannot vouch for itself, a symbol that was never
 * seen, a key without a price: closed. What reads the gate from outside takes silence for closed,
 * too: the file carries a heartbeat, the hash a short time to live.
 */
package io.plumbline.app.gate;
