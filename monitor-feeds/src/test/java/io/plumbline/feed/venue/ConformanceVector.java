package io.plumbline.feed.venue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.feed.provider.DescribedProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * One case of one venue: of the build, or of the description {@code provider.yml} that stands
 * beside it. The file has a JSON object a line:
 *
 * <ul>
 *   <li>{@code {"symbols": ["BTC/USDT:USDT"]}}: what is watched (ccxt form); first line
 *   <li>{@code {"frame": {..}}}: a message, written without white space; {@code {"text": ".."}}:
 *       the same as raw text; {@code {"hex": ".."}}: a binary message; {@code {"rest": {..}}}: the
 *       payload of a SNAPSHOT message. Beside it {@code "events": [..]}: what it decodes to, as
 *       {@link ConformanceRun} words it, and {@code "after": ms} since the message before (10)
 *   <li>{@code {"reconnect": true}}: the connection ends, a new one begins
 *   <li>{@code {"findings": [..]}}: all findings in order, as {@link ConformanceRun} words them;
 *       last line
 *   <li>{@code {"note": ".."}}: for the reader
 * </ul>
 */
record ConformanceVector(Venue venue, String name, List<JsonNode> lines) {
    private static final String SUFFIX = ".ndjson";
    private static final String PROVIDER = "provider.yml";
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<ConformanceVector> all() throws IOException {
        final List<ConformanceVector> vectors = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder())) {
            final List<Path> vectorFiles =
                    files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
            for (final Path file : vectorFiles) {
                final String name = file.getFileName().toString().replace(SUFFIX, "");
                final List<JsonNode> lines = new ArrayList<>();
                for (final String line : Files.readAllLines(file)) {
                    lines.add(JSON.readTree(line));
                }
                vectors.add(new ConformanceVector(venue(file.getParent()), name, lines));
            }
        }
        return vectors;
    }

    /** The venues that are described beside their vectors. */
    static List<Venue> described() throws IOException {
        final List<Venue> venues = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder())) {
            for (final Path file : files.filter(f -> f.endsWith(PROVIDER)).sorted().toList()) {
                venues.add(venue(file.getParent()));
            }
        }
        return venues;
    }

    private static Venue venue(final Path folder) throws IOException {
        final Path description = folder.resolve(PROVIDER);
        return Files.exists(description)
                ? DescribedProvider.venue(description)
                : Venues.find(folder.getFileName().toString());
    }

    private static Path folder() {
        try {
            final URI uri =
                    ConformanceVector.class.getClassLoader().getResource("conformance").toURI();
            return Path.of(uri);
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes of a line's message, or null where it has none. */
    static byte[] bytes(final JsonNode line) {
        if (line.has("hex")) {
            return HexFormat.of().parseHex(line.get("hex").textValue());
        }
        final JsonNode json = line.has("frame") ? line.get("frame") : line.get("rest");
        if (json != null) {
            return json.toString().getBytes(StandardCharsets.UTF_8);
        }
        return line.has("text")
                ? line.get("text").textValue().getBytes(StandardCharsets.UTF_8)
                : null;
    }

    List<String> symbols() {
        return strings("symbols");
    }

    List<String> events() {
        return strings("events");
    }

    List<String> findings() {
        return strings("findings");
    }

    private List<String> strings(final String key) {
        final List<String> all = new ArrayList<>();
        for (final JsonNode line : lines) {
            for (final JsonNode text : line.path(key)) {
                all.add(text.textValue());
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return venue.name() + "/" + name;
    }
}
