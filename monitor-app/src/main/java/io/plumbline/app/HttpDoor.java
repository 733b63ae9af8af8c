package io.plumbline.app;

import io.netty.channel.EventLoopGroup;
import io.plumbline.app.config.HttpConfig;
import io.plumbline.app.http.HttpLimits;
import io.plumbline.app.http.HttpServer;
import io.plumbline.app.http.HttpSettings;
import io.plumbline.app.http.MonitorView;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the port: the first thing of all, before anything that takes time is made. */
final class HttpDoor {
    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);

    private HttpDoor() {}

    static HttpServer open(
            final HttpConfig config,
            final EventLoopGroup loops,
            final MonitorView view,
            final EpochNanoClock clock)
            throws CannotStartException {
        final HttpServer server =
                new HttpServer(
                        new HttpSettings(
                                config.bind(),
                                config.port(),
                                hosts(config),
                                config.token().reveal()),
                        HttpLimits.STANDARD.perAddress(config.connections(), config.requests()),
                        loops,
                        view,
                        clock);
        try {
            server.start();
        } catch (final IOException e) {
            throw new CannotStartException(e.getMessage(), e);
        }
        LOG.info("http on {}:{}", config.bind(), server.port());
        return server;
    }

    /** What is told, and the address itself. */
    private static Set<String> hosts(final HttpConfig config) {
        final Set<String> hosts = new HashSet<>(config.hosts());
        hosts.add(config.bind().contains(":") ? "[" + config.bind() + "]" : config.bind());
        return hosts;
    }
}
