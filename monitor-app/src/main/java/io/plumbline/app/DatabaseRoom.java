package io.plumbline.app;

import io.plumbline.app.config.DatabaseConfig;
import io.plumbline.app.database.DatabaseServer;
import io.plumbline.app.database.TableProbe;
import io.plumbline.app.watch.Watch;
import io.plumbline.feed.Feed;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.probe.Probe;
import io.plumbline.feed.probe.ProbeFeed;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** The databases that are compared with Redis: one connection and one thread each. */
final class DatabaseRoom {
    private final List<Feed> feeds = new ArrayList<>();

    DatabaseRoom(final Watch watch, final FeedContext context) {
        for (final Watch.DatabaseLink link : watch.databases()) {
            final DatabaseConfig config = link.config();
            final List<Probe<Connection>> probes = new ArrayList<>();
            for (final DatabaseConfig.Table table : config.tables()) {
                probes.add(
                        new TableProbe(
                                table.table(),
                                table.symbol(),
                                table.price(),
                                table.updated(),
                                table.mostRows(),
                                config.every().toNanos()));
            }
            feeds.add(
                    new ProbeFeed<>(
                            new DatabaseServer(
                                    watch.sources().source(link.source()).connection(),
                                    config.url(),
                                    config.user(),
                                    config.password().isGiven() ? config.password().reveal() : ""),
                            link.source(),
                            probes,
                            context));
        }
    }

    void start() {
        feeds.forEach(Feed::start);
    }

    void close() {
        feeds.forEach(Feed::close);
    }

    /** Where each stands. */
    List<Feed> feeds() {
        return List.copyOf(feeds);
    }
}
