package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.app.config.YamlText;
import io.plumbline.feed.sim.SimulatedInstrument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Symbols and keys that break naive code, through every layer: subscribed at the venue, read from
 * Redis by notifications and by tracking, a finding, a case, the API, an alert, metrics, the
 * journal, its replay and its export.
 */
@Tag("servers")
@Timeout(180)
class EdgeSymbolsLiveTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** With every character that a glob of Redis knows, and spaces. */
    private static final String TOLD = "n [a-z]*? ^\\px:{symbol} ]";

    private static final String TRACKED = "t {tag} \"q\" 'é' %s:{symbol}?*";
    private static final String LOWER = "px:btcusdt_261225";

    private static final List<SimulatedInstrument> INSTRUMENTS =
            List.of(
                    of("binance-spot", "币安人生/USDT", "币安人生USDT", "0.0001", 4, 61_234),
                    of("binance-spot", "1000SATS/USDT", "1000SATSUSDT", "0.0000001", 7, 91_234),
                    of(
                            "binance-usdm",
                            "1000PEPE/USDT:USDT",
                            "1000PEPEUSDT",
                            "0.0000001",
                            7,
                            91_930),
                    of("binance-usdm", "BTC/USDT:USDT-261225", "BTCUSDT_261225", "0.1", 1, 617_244),
                    of("binance-coinm", "BTC/USD:BTC", "BTCUSD_PERP", "0.1", 1, 612_366),
                    of("binance-coinm", "BTC/USD:BTC-261225", "BTCUSD_261225", "0.1", 1, 618_402),
                    of("okx", "BTC/USD:BTC", "BTC-USD-SWAP", "0.1", 1, 612_360),
                    of(
                            "okx",
                            "BTC/USD:BTC-261225-100000-C",
                            "BTC-USD-261225-100000-C",
                            "0.0001",
                            4,
                            91_455),
                    of(
                            "deribit",
                            "BTC/USD:BTC-261225-100000-C",
                            "BTC-25DEC26-100000-C",
                            "0.0001",
                            4,
                            91_455),
                    of(
                            LowerCaseWire.VENUE,
                            "1000PEPE/USDT:USDT",
                            "1000pepeusdt",
                            "0.0000001",
                            7,
                            91_940));

    @TempDir private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();

    private static SimulatedInstrument of(
            final String venue,
            final String symbol,
            final String venueSymbol,
            final String tickSize,
            final int decimals,
            final long startTicks) {
        return new SimulatedInstrument(
                venue, symbol, venueSymbol, tickSize, decimals, startTicks, 90_000_000L);
    }

    private static String name(final SimulatedInstrument instrument) {
        return instrument.venue() + ' ' + instrument.symbol();
    }

    /** Venues may have a symbol of the same name: their keys begin with the venue. */
    private static String told(final SimulatedInstrument i) {
        return i.venue() + ' ' + TOLD.replace("{symbol}", i.symbol());
    }

    private static String tracked(final SimulatedInstrument i) {
        return i.venue() + ' ' + TRACKED.replace("{symbol}", i.symbol());
    }

    private static Map<String, List<String>> keys() {
        final Map<String, List<String>> keys = new LinkedHashMap<>();
        for (final SimulatedInstrument i : INSTRUMENTS) {
            keys.put(name(i), new ArrayList<>(List.of(told(i), tracked(i))));
            if (i.venueSymbol().equals("BTCUSDT_261225")) {
                keys.get(name(i)).add(LOWER);
            }
        }
        return keys;
    }

    private static List<String> venues() {
        return INSTRUMENTS.stream().map(SimulatedInstrument::venue).distinct().toList();
    }

    private static String yaml(final EdgeWorld world, final Path alerts) {
        final StringBuilder yaml =
                new StringBuilder(LowerCaseWire.yaml(world.endpoint(LowerCaseWire.VENUE)));
        yaml.append("venues:\n");
        for (final String venue : venues()) {
            yaml.append("  - {name: ").append(venue);
            if (!venue.equals(LowerCaseWire.VENUE)) {
                yaml.append(", rest: none, endpoint: \"").append(world.endpoint(venue)).append('"');
            }
            yaml.append(", channels: [");
            yaml.append(venue.startsWith("binance") ? "aggTrade" : "trade");
            yaml.append("], symbols: [");
            yaml.append(
                    INSTRUMENTS.stream()
                            .filter(i -> i.venue().equals(venue))
                            .map(i -> YamlText.quoted(i.symbol()))
                            .collect(Collectors.joining(", ")));
            yaml.append("]}\n");
        }
        yaml.append("redis:\n");
        for (final String rung : List.of("notification", "tracking")) {
            yaml.append("  - name: ").append(rung).append("\n    rung: ").append(rung);
            yaml.append("\n    uri: redis://127.0.0.1:").append(world.redisPort());
            yaml.append("/0\n    keys:\n");
            final String pattern = rung.equals("notification") ? TOLD : TRACKED;
            for (final String venue : venues()) {
                yaml.append("      - {venue: ").append(venue).append(", pattern: ");
                yaml.append(YamlText.quoted(venue + ' ' + pattern)).append("}\n");
            }
        }
        yaml.append("      - {venue: binance-usdm, pattern: ").append(YamlText.quoted(LOWER));
        yaml.append(", symbols: [\"BTC/USDT:USDT-261225\"]}\n");
        yaml.append("cases: {severity: {PRICE_WRONG: CRITICAL}, for: {default: 0s}}\n");
        yaml.append("alerts: [{type: file, path: ").append(YamlText.quoted(alerts.toString()));
        return yaml.append("}]\n").toString();
    }

    @Test
    void everyLayerKnowsThemByTheirName() throws Exception {
        final Path alerts = folder.resolve("alerts.ndjson");
        final Path data = folder.resolve("data");
        final Set<String> opened = new TreeSet<>();
        final Set<String> all = new TreeSet<>();
        keys().values().forEach(all::addAll);
        final LiveRun run;
        try (EdgeWorld world = new EdgeWorld(INSTRUMENTS, keys())) {
            run =
                    new LiveRun(
                            data,
                            yaml(world, alerts),
                            (finding, sentence) -> {
                                synchronized (opened) {
                                    opened.add(
                                            finding.kind
                                                    + " "
                                                    + finding.edge.label()
                                                    + " "
                                                    + finding.key);
                                    assertTrue(
                                            finding.key.isEmpty()
                                                    || sentence.toString().contains(finding.key),
                                            sentence.toString());
                                }
                            });
            try (run) {
                run.start();
                run.awaitLive();
                run.until("every key in sync", () -> verdicts(run, "IN_SYNC").equals(all));
                for (final Map.Entry<String, List<String>> of : keys().entrySet()) {
                    world.wrong(of.getKey());
                    final List<String> wrong =
                            of.getValue().stream().map(key -> "PRICE_WRONG open " + key).toList();
                    run.until(wrong + " in " + opened, () -> has(opened, wrong));
                    run.until(
                            "the verdicts of " + of.getKey(),
                            () -> verdicts(run, "WRONG").equals(new TreeSet<>(of.getValue())));
                    final String venue = of.getKey().substring(0, of.getKey().indexOf(' '));
                    final String metric =
                            "plumbline_symbols{venue=\""
                                    + venue
                                    + "\",verdict=\"WRONG\"} "
                                    + of.getValue().size();
                    run.until(metric, () -> get(run, "/metrics").contains(metric));
                    run.until(
                            "the cases of " + of.getKey(),
                            () -> texts(run, "/api/cases", "cases").containsAll(of.getValue()));
                    run.until("their alerts", () -> alerted(alerts).containsAll(of.getValue()));
                    world.wrong("");
                    final List<String> right =
                            of.getValue().stream().map(key -> "PRICE_WRONG close " + key).toList();
                    run.until(right + " in " + opened, () -> has(opened, right));
                }
                assertTrue(
                        texts(run, "/api/findings?limit=1000", "findings").containsAll(all),
                        "/api/findings");
                assertNull(world.failure());
            }
        }
        assertEquals(
                all,
                opened.stream()
                        .filter(told -> told.startsWith("PRICE_WRONG open "))
                        .map(told -> told.substring("PRICE_WRONG open ".length()))
                        .collect(Collectors.toCollection(TreeSet::new)));
        final Set<String> instruments = new HashSet<>();
        for (final JsonNode finding : run.replayedTheSame().parsed()) {
            instruments.add(
                    finding.path("venue").asText() + ' ' + finding.path("instrument").asText());
        }
        assertTrue(instruments.containsAll(keys().keySet()), instruments.toString());
        exported(data);
    }

    private static boolean has(final Set<String> opened, final List<String> expected) {
        synchronized (opened) {
            return opened.containsAll(expected);
        }
    }

    /** Every connection's frames, in the venue's own names, and replayed from the export. */
    private void exported(final Path data) throws IOException {
        final Terminal terminal = new Terminal();
        final Path journal = data.resolve("journal");
        assertEquals(ExitCode.OK, terminal.run("journal", "inspect", journal));
        final String inspected = String.join("\n", terminal.out());
        final StringBuilder frames = new StringBuilder();
        for (final String venue : venues()) {
            final String source = terminalSource(inspected, venue);
            final Path file = folder.resolve(venue + ".lines");
            assertEquals(
                    ExitCode.OK,
                    terminal.run("journal", "export", journal, "--source", source, "--out", file),
                    () -> terminal.err().toString());
            frames.append(Files.readString(file));
        }
        for (final SimulatedInstrument instrument : INSTRUMENTS) {
            assertTrue(
                    frames.indexOf('"' + instrument.venueSymbol() + '"') >= 0,
                    instrument.venueSymbol());
        }
    }

    private static String terminalSource(final String inspected, final String venue) {
        final java.util.regex.Matcher name =
                java.util.regex.Pattern.compile("\\b" + venue + "/[\\w.-]+").matcher(inspected);
        assertTrue(name.find(), venue + " in " + inspected.substring(0, 2_000));
        return name.group();
    }

    private Set<String> verdicts(final LiveRun run, final String verdict) {
        final Set<String> keys = new TreeSet<>();
        for (final JsonNode symbol : json(run, "/api/symbols").path("symbols")) {
            if (symbol.path("verdict").asText().equals(verdict)) {
                keys.add(symbol.path("key").asText());
            }
        }
        return keys;
    }

    private Set<String> texts(final LiveRun run, final String path, final String list) {
        final Set<String> keys = new HashSet<>();
        for (final JsonNode each : json(run, path).path(list)) {
            keys.add(each.path("key").asText());
        }
        return keys;
    }

    private static Set<String> alerted(final Path alerts) {
        final Set<String> keys = new HashSet<>();
        try {
            if (Files.exists(alerts)) {
                for (final String line : Files.readAllLines(alerts)) {
                    keys.add(JSON.readTree(line).path("finding").path("key").asText());
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }

    private JsonNode json(final LiveRun run, final String path) {
        try {
            return JSON.readTree(get(run, path));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String get(final LiveRun run, final String path) {
        try {
            return LiveRig.get(client, run.monitor().httpPort(), path).body();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
