package io.plumbline.feed.sim;

import io.plumbline.market.Channel;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What may be hit.
 *
 * @param instruments the instruments that the monitor watches
 * @param keyOf the Redis key of a ccxt symbol
 * @param channels the channels that the monitor subscribes to
 */
public record FaultTargets(
        List<SimulatedInstrument> instruments,
        UnaryOperator<String> keyOf,
        Set<Channel> channels) {}
