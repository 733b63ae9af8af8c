package io.plumbline.feed.redis.around;

import io.plumbline.feed.probe.ProbeDecoder;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.probe.NameTable;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes events apart, those of each subscription in its own way. Engine thread. */
public final class EventShapes implements ProbeDecoder.Refinement {
    private final NameTable patterns;
    private final List<ShapeReader> readers = new ArrayList<>();

    /**
     * @param variantKeys by subscribed pattern: the field that says of which kind a message is
     */
    public EventShapes(final Map<String, String> variantKeys) {
        patterns = new NameTable(Math.max(1, variantKeys.size()));
        variantKeys.forEach(
                (pattern, key) -> {
                    patterns.intern(pattern);
                    readers.add(new ShapeReader(key));
                });
    }

    @Override
    public void refine(final MarketEvent event) {
        final Reading reading = event.reading;
        if (reading.kind == ProbeKind.EVENT) {
            final int id = patterns.find(reading.bytes, reading.targetOffset, reading.targetLength);
            if (id >= 0) {
                readers.get(id)
                        .read(reading.bytes, reading.textOffset, reading.textLength, reading.shape);
            }
        }
    }
}
