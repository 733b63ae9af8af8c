package io.plumbline.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.demo.Stage;
import io.plumbline.feed.FeedStatus;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.FrameListener;
import io.plumbline.feed.sim.FrameSource;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.market.SessionState;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/**
 * A whole monitor on a stage with a real Redis, a faithful writer and no scripted faults; the
 * perpetuals over two connections.
 */
final class LiveRig implements AutoCloseable {
    /** A finding as a test compares it. */
    record Seen(
            FindingKind kind,
            Edge edge,
            String key,
            String fingerprint,
            String cause,
            long atNs,
            String sentence) {
        static Seen of(final Finding finding, final CharSequence sentence) {
            return new Seen(
                    finding.kind,
                    finding.edge,
                    finding.key,
                    finding.kind + " " + finding.fingerprint(),
                    finding.text(Evidence.CAUSE),
                    finding.atNs,
                    sentence.toString());
        }
    }

    /** A market that can hold its breath. */
    private static final class PausableMarket implements FrameSource {
        private final FrameSource market;
        private volatile boolean paused;

        PausableMarket(final FrameSource market) {
            this.market = market;
        }

        @Override
        public void step(final long nowNs, final FrameListener out) {
            if (!paused) {
                market.step(nowNs, out);
            }
        }

        @Override
        public boolean finished() {
            return false;
        }
    }

    private static final String USDM = "  - name: binance-usdm\n";

    static final ObjectMapper MAPPER = new ObjectMapper();

    final SystemClock clock = new SystemClock();
    final Stage stage;
    final Monitor monitor;
    private final List<SimulatedInstrument> instruments = SimulatedInstruments.standard();
    private final PausableMarket market =
            new PausableMarket(new SimulatedMarket(7, SimulatedInstruments.standard()));
    private final List<Seen> seen = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /**
     * @param more lines of configuration, a document beside venues and redis
     */
    LiveRig(final Path folder, final String more)
            throws IOException, ConfigException, CannotStartException {
        this(folder, "aggTrade, bookTicker", 2, more);
    }

    /**
     * @param channels what is watched at the venues, as in a configuration
     * @param connections to the venue of perpetuals: 1 or 2
     */
    LiveRig(final Path folder, final String channels, final int connections, final String more)
            throws IOException, ConfigException, CannotStartException {
        stage =
                new Stage(
                        market, instruments, WriterSettings.standard(), clock, Monitor::background);
        stage.open();
        monitor =
                new Monitor(
                        config(
                                "monitor: {name: rig, dataDirectory: \""
                                        + folder
                                        + "\"}\n"
                                        + stage.watchedYaml(channels)
                                                .replace(
                                                        USDM,
                                                        USDM
                                                                + "    connections: "
                                                                + connections
                                                                + '\n')
                                        + more),
                        clock,
                        this::found,
                        () -> {});
        monitor.start();
        stage.play(FaultScript.of(List.of()), List.of(), List.of());
    }

    static Config config(final String yaml) throws ConfigException {
        return new ConfigLoader(InstalledVenues.list(), name -> null, warning -> {})
                .parse("rig", yaml);
    }

    private void found(final Finding finding, final CharSequence sentence) {
        synchronized (seen) {
            seen.add(Seen.of(finding, sentence));
        }
    }

    /** Everything that was found since {@code mark}, which {@link #mark} gave. */
    List<Seen> since(final int mark) {
        synchronized (seen) {
            return List.copyOf(seen.subList(mark, seen.size()));
        }
    }

    int mark() {
        synchronized (seen) {
            return seen.size();
        }
    }

    /** What was opened and is not closed. */
    Set<String> open() {
        final Set<String> open = new LinkedHashSet<>();
        for (final Seen finding : since(0)) {
            if (finding.edge == Edge.OPEN) {
                open.add(finding.fingerprint);
            } else if (finding.edge == Edge.CLOSE) {
                open.remove(finding.fingerprint);
            }
        }
        return open;
    }

    boolean allLive() {
        return monitor.feeds().stream().map(FeedStatus::state).allMatch(SessionState.LIVE::equals);
    }

    boolean onNotifications() {
        return monitor.feeds().stream().anyMatch(feed -> feed.detail().startsWith("notification"));
    }

    void pauseMarket(final boolean paused) {
        market.paused = paused;
    }

    Jedis redis() {
        return new Jedis(
                new HostAndPort("127.0.0.1", stage.redisPort()),
                DefaultJedisClientConfig.builder().serverDefaultProtocol().build());
    }

    /** What stands in Redis under the watched keys: their values by name. */
    Map<String, String> redisValues() {
        final List<String> keys =
                instruments.stream().map(i -> WriterSettings.standard().key(i.symbol())).toList();
        final Map<String, String> values = new TreeMap<>();
        try (Jedis jedis = redis()) {
            final List<String> answers = jedis.mget(keys.toArray(new String[0]));
            for (int i = 0; i < keys.size(); i++) {
                values.put(keys.get(i), plain(answers.get(i)));
            }
        }
        return values;
    }

    /** What the monitor says of the same keys: the column {@code field} of {@code /api/symbols}. */
    Map<String, String> apiColumn(final String field) throws IOException {
        final Map<String, String> values = new TreeMap<>();
        for (final JsonNode symbol : json("/api/symbols").get("symbols")) {
            values.put(symbol.get("key").asText(), plain(symbol.get(field).asText()));
        }
        return values;
    }

    /** The same number is the same text. */
    private static String plain(final String number) {
        return number == null || number.equals("null")
                ? "none"
                : new BigDecimal(number).stripTrailingZeros().toPlainString();
    }

    HttpResponse<String> get(final String path) throws IOException {
        return get(client, monitor.httpPort(), path);
    }

    static HttpResponse<String> get(final HttpClient client, final int port, final String path)
            throws IOException {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    JsonNode json(final String path) throws IOException {
        final HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new IOException(path + " " + answer.statusCode() + " " + answer.body());
        }
        return MAPPER.readTree(answer.body());
    }

    /** A name for the state of everything, for messages of failed tests. */
    Map<String, Object> state() {
        final Map<String, Object> state = new LinkedHashMap<>();
        state.put("feeds", monitor.feeds());
        state.put("open", open());
        final List<Seen> all = since(0);
        state.put("last", all.subList(Math.max(0, all.size() - 20), all.size()));
        return state;
    }

    @Override
    public void close() throws IOException {
        monitor.close();
        stage.close();
    }
}
