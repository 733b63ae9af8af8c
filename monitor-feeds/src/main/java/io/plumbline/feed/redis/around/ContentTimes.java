package io.plumbline.feed.redis.around;

import io.plumbline.feed.probe.ProbeDecoder;
import io.plumbline.feed.redis.PayloadFields;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Reading;
import java.util.HashMap;
import java.util.Map;

/** Finds the time in the payloads of one kind of reading, by each target's own path. */
public final class ContentTimes implements ProbeDecoder.Refinement {
    private final ProbeKind kind;
    private final Map<String, PayloadFields> fields = new HashMap<>();

    /**
     * @param timePaths dotted member paths by target
     */
    public ContentTimes(final ProbeKind kind, final Map<String, String> timePaths) {
        this.kind = kind;
        timePaths.forEach(
                (target, path) -> {
                    if (!path.isEmpty()) {
                        fields.put(target, new PayloadFields("", path));
                    }
                });
    }

    @Override
    public void refine(final MarketEvent event) {
        final Reading reading = event.reading;
        if (reading.kind != kind || reading.textLength == 0 || fields.isEmpty()) {
            return;
        }
        final PayloadFields found = fields.get(reading.target());
        if (found != null && found.scan(reading.bytes, reading.textOffset, reading.textLength)) {
            final long timeNs = found.timeNs();
            if (timeNs != MarketEvent.NONE) {
                reading.set(Measure.CONTENT_NS, timeNs);
            }
        }
    }
}
