package io.plumbline.app.watch;

import io.plumbline.app.config.AroundConfig;
import io.plumbline.feed.probe.Probe;
import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.feed.redis.around.StreamProbe;
import io.plumbline.market.probe.StreamRule;
import io.plumbline.market.probe.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What is configured beside the prices: as rules for the detectors, as probes for the feed. */
public final class AroundRules {
    private AroundRules() {}

    /**
     * @param source the server's probes
     * @param subject how findings name a thing of this server
     */
    static void add(
            final AroundConfig config,
            final int source,
            final UnaryOperator<String> subject,
            final Surroundings rules) {
        for (final AroundConfig.Stream stream : config.streams()) {
            rules.streams.add(
                    new StreamRule(
                            source,
                            stream.key(),
                            subject.apply(stream.key()),
                            stream.groups(),
                            stream.lag().toNanos(),
                            stream.pending().toNanos(),
                            stream.idle().toNanos(),
                            stream.most()));
        }
    }

    /** New probes of a server. */
    public static List<Probe<ProbeLink>> probes(final AroundConfig config) {
        final List<Probe<ProbeLink>> probes = new ArrayList<>();
        for (final AroundConfig.Stream stream : config.streams()) {
            probes.add(new StreamProbe(stream.key(), stream.groups(), stream.every().toNanos()));
        }
        return probes;
    }
}
