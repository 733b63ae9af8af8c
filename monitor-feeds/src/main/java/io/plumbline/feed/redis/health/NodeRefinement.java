package io.plumbline.feed.redis.health;

import io.plumbline.feed.probe.ProbeDecoder;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.probe.NodeText;
import io.plumbline.market.probe.ProbeKind;

/** Reads what a node says of itself. Engine thread; allocates nothing. */
public final class NodeRefinement implements ProbeDecoder.Refinement {
    private final NodeText text = new NodeText();

    @Override
    public void refine(final MarketEvent event) {
        if (event.reading.kind == ProbeKind.NODE_INFO
                || event.reading.kind == ProbeKind.NODE_CLUSTER) {
            text.read(event.reading);
        }
    }
}
