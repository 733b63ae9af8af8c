package io.plumbline.market.probe;

import java.util.List;

/**
 * What is expected of channels of events.
 *
 * @param source the probes that listen
 * @param pattern the glob that is subscribed to
 * @param server what findings put behind a channel where there are several servers, else ""
 * @param learn messages from which a shape is learned; 0 to judge declared ones only
 * @param silenceNs a channel that spoke must speak again within, ns; 0 for no such rule
 * @param shapes declared shapes
 */
public record EventRule(
        int source,
        String pattern,
        String server,
        int learn,
        long silenceNs,
        List<ShapeRule> shapes) {
    public EventRule {
        shapes = List.copyOf(shapes);
    }
}
