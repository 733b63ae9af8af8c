package io.plumbline.app.desk;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The meters of fingerprints whose case is resolved: the next episode goes on with them. When full,
 * the oldest is forgotten. Desk thread.
 */
final class FlapMemory {
    private final DeskSettings settings;
    private final Map<String, FlapMeter> resting = new LinkedHashMap<>();

    FlapMemory(final DeskSettings settings) {
        this.settings = settings;
    }

    /** The meter of a case that begins. */
    FlapMeter take(final String fingerprint, final long nowNs) {
        final FlapMeter known = resting.remove(fingerprint);
        return known == null || known.forgotten(nowNs) ? new FlapMeter(settings.flapping()) : known;
    }

    /** The case is over; its meter is kept for a while. */
    void rest(final String fingerprint, final FlapMeter meter, final long nowNs) {
        final Iterator<FlapMeter> oldest = resting.values().iterator();
        while (oldest.hasNext() && oldest.next().forgotten(nowNs)) {
            oldest.remove();
        }
        if (!meter.forgotten(nowNs)) {
            if (resting.size() >= settings.maxCases()) {
                resting.remove(resting.keySet().iterator().next());
            }
            resting.remove(fingerprint);
            resting.put(fingerprint, meter);
        }
    }
}
