package io.plumbline.app;

import io.plumbline.app.config.AroundConfig;
import io.plumbline.app.watch.AroundRules;
import io.plumbline.app.watch.RedisServers;
import io.plumbline.app.watch.Watch;
import io.plumbline.feed.Feed;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.probe.Probe;
import io.plumbline.feed.probe.ProbeFeed;
import io.plumbline.feed.redis.EventFeed;
import io.plumbline.feed.redis.NameScan;
import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.feed.redis.RedisProbeServer;
import java.util.ArrayList;
import java.util.List;

/** The probes that a watch asks for, each server's on a thread of its own. */
final class ProbeRoom {
    private final List<Feed> feeds = new ArrayList<>();
    private final List<EventFeed> listeners = new ArrayList<>();

    ProbeRoom(final Watch watch, final FeedContext context) {
        for (final Watch.RedisLink link : watch.redis()) {
            if (link.probes() >= 0) {
                add(link, context);
            }
        }
    }

    private void add(final Watch.RedisLink link, final FeedContext context) {
        final RedisProbeServer server =
                new RedisProbeServer(
                        RedisServers.settings(link.config()), RedisServers.topology(link.config()));
        final AroundConfig around = link.config().around();
        final List<Probe<ProbeLink>> probes = new ArrayList<>(AroundRules.probes(around));
        if (link.config().scansNames()) {
            probes.add(new NameScan(link.names(), link.config().misnamed().toNanos()));
        }
        final List<EventFeed.Results> results = AroundRules.results(around);
        if (!around.events().isEmpty() || !results.isEmpty()) {
            final EventFeed listener =
                    new EventFeed(
                            server,
                            around.events().stream().map(AroundConfig.Event::pattern).toList(),
                            results,
                            link.probes(),
                            context);
            listeners.add(listener);
            probes.add(listener);
        }
        feeds.add(new ProbeFeed<>(server, link.probes(), probes, context));
    }

    void start() {
        listeners.forEach(EventFeed::start);
        feeds.forEach(Feed::start);
    }

    /** Where each stands. */
    List<Feed> feeds() {
        return List.copyOf(feeds);
    }

    void close() {
        feeds.forEach(Feed::close);
        listeners.forEach(EventFeed::close);
    }
}
