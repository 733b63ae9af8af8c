package io.plumbline.app.watch;

import io.plumbline.app.config.AroundConfig;
import io.plumbline.feed.probe.Probe;
import io.plumbline.feed.probe.ProbeDecoder;
import io.plumbline.feed.redis.EventFeed;
import io.plumbline.feed.redis.KeyForm;
import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.feed.redis.around.ContentTimes;
import io.plumbline.feed.redis.around.EventShapes;
import io.plumbline.feed.redis.around.NoExpiryProbe;
import io.plumbline.feed.redis.around.QueueProbe;
import io.plumbline.feed.redis.around.QueueSpec;
import io.plumbline.feed.redis.around.SnapshotProbe;
import io.plumbline.feed.redis.around.StreamProbe;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.probe.EventRule;
import io.plumbline.market.probe.NoExpiryRule;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.QueueRule;
import io.plumbline.market.probe.SnapshotRule;
import io.plumbline.market.probe.StreamRule;
import io.plumbline.market.probe.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        for (final AroundConfig.Queue queue : config.queues()) {
            rules.queues.add(
                    new QueueRule(
                            source,
                            queue.key(),
                            subject.apply(queue.key()),
                            queue.most(),
                            queue.age().toNanos(),
                            queue.result().isEmpty()
                                    ? ""
                                    : subject.apply(queue.result() + " of " + queue.key()),
                            queue.resultWithin().toNanos()));
        }
        for (final AroundConfig.Snapshot snapshot : config.snapshots()) {
            rules.snapshots.add(
                    new SnapshotRule(
                            source,
                            snapshot.pattern(),
                            subject.apply(""),
                            named(snapshot),
                            snapshot.age().toNanos(),
                            snapshot.ttl().toNanos()));
        }
        for (final AroundConfig.Event event : config.events()) {
            rules.events.add(
                    new EventRule(
                            source,
                            event.pattern(),
                            subject.apply(""),
                            event.learn(),
                            event.silence().toNanos(),
                            event.shapes().stream().map(AroundConfig.Declared::rule).toList()));
        }
        for (final AroundConfig.NoExpiry noExpiry : config.noExpiry()) {
            rules.noExpiry.add(
                    new NoExpiryRule(
                            source, noExpiry.pattern(), subject.apply(noExpiry.pattern())));
        }
    }

    private static List<String> named(final AroundConfig.Snapshot snapshot) {
        final KeyForm form = new KeyForm(snapshot.pattern());
        return form.isOpen()
                ? snapshot.ids().stream().map(form::key).toList()
                : List.of(snapshot.pattern());
    }

    /** A new decoder of what the probes of a server read. */
    static MessageDecoder decoder(final AroundConfig config) {
        final Map<String, String> queueTimes = new HashMap<>();
        config.queues().forEach(queue -> queueTimes.put(queue.key(), queue.time()));
        final Map<String, String> by = new LinkedHashMap<>();
        config.events().forEach(event -> by.put(event.pattern(), event.by()));
        final Map<String, String> snapshotTimes = new HashMap<>();
        config.snapshots().forEach(each -> snapshotTimes.put(each.pattern(), each.time()));
        return new ProbeDecoder(
                new ContentTimes(ProbeKind.QUEUE, queueTimes),
                new ContentTimes(ProbeKind.SNAPSHOT, snapshotTimes),
                new EventShapes(by));
    }

    /** Where the results of commands are written. */
    public static List<EventFeed.Results> results(final AroundConfig config) {
        return config.queues().stream()
                .filter(queue -> !queue.result().isEmpty())
                .map(queue -> new EventFeed.Results(queue.key(), new KeyForm(queue.result())))
                .toList();
    }

    /** New probes of a server. */
    public static List<Probe<ProbeLink>> probes(final AroundConfig config) {
        final List<Probe<ProbeLink>> probes = new ArrayList<>();
        for (final AroundConfig.Stream stream : config.streams()) {
            probes.add(new StreamProbe(stream.key(), stream.groups(), stream.every().toNanos()));
        }
        for (final AroundConfig.Queue queue : config.queues()) {
            probes.add(
                    new QueueProbe(
                            new QueueSpec(
                                    queue.key(),
                                    queue.pop() == AroundConfig.End.LEFT,
                                    queue.every().toNanos(),
                                    queue.id(),
                                    queue.result(),
                                    queue.resultWithin().toNanos())));
        }
        for (final AroundConfig.Snapshot snapshot : config.snapshots()) {
            probes.add(
                    new SnapshotProbe(
                            snapshot.pattern(), snapshot.ids(), snapshot.every().toNanos()));
        }
        for (final AroundConfig.NoExpiry noExpiry : config.noExpiry()) {
            probes.add(new NoExpiryProbe(noExpiry.pattern(), noExpiry.every().toNanos()));
        }
        return probes;
    }
}
