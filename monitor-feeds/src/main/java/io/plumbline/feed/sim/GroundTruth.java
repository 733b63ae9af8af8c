package io.plumbline.feed.sim;

import io.plumbline.finding.FindingJson;
import io.plumbline.finding.FindingKind;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes what was really done to a file, one JSON object a line, each when its fault is over:
 * {@code fault, kind, venue, symbol, key} (and {@code keys} when there are several), {@code start,
 * acted, end, expect, alsoTrue, details}. Simulation thread; a line is flushed at once.
 */
public final class GroundTruth implements FaultListener, AutoCloseable {
    private final BufferedWriter out;

    /** Creates or replaces {@code file}, and its folder if need be. */
    public GroundTruth(final Path file) throws IOException {
        final Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    @Override
    public void started(final InjectedFault fault, final long nowNs) {
        // Its line needs what is only known at the end.
    }

    @Override
    public void ended(final InjectedFault fault, final long nowNs) {
        try {
            out.write(line(fault));
            out.write('\n');
            out.flush();
        } catch (final IOException failure) {
            throw new UncheckedIOException("the ground truth cannot be written", failure);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** One fault as JSON without a line end. */
    public static String line(final InjectedFault injected) {
        final Fault fault = injected.fault();
        final StringBuilder json = new StringBuilder(512);
        json.append("{\"fault\":").append(fault.id());
        json.append(",\"kind\":\"").append(fault.kind().name());
        FindingJson.string(json.append("\",\"venue\":"), fault.venue());
        FindingJson.string(json.append(",\"symbol\":"), fault.symbol());
        FindingJson.string(
                json.append(",\"key\":"), fault.keys().size() == 1 ? fault.keys().get(0) : "");
        if (fault.keys().size() > 1) {
            strings(json.append(",\"keys\":"), fault.keys());
        }
        time(json, "start", injected.startedNs());
        time(json, "acted", injected.actedNs());
        time(json, "end", injected.endedNs());
        strings(json.append(",\"expect\":"), names(fault.kind().expected()));
        strings(json.append(",\"alsoTrue\":"), names(fault.kind().alsoTrue()));
        json.append(",\"details\":{");
        String separator = "";
        for (final Map.Entry<FaultParameter, String> each : fault.parameters().entrySet()) {
            FindingJson.string(json.append(separator), each.getKey().label());
            FindingJson.string(json.append(':'), each.getValue());
            separator = ",";
        }
        for (final Map.Entry<String, Object> each : injected.details().entrySet()) {
            FindingJson.string(json.append(separator), each.getKey());
            json.append(':');
            if (each.getValue() instanceof Long) {
                json.append(each.getValue());
            } else {
                FindingJson.string(json, each.getValue().toString());
            }
            separator = ",";
        }
        return json.append("}}").toString();
    }

    private static List<String> names(final List<FindingKind> kinds) {
        return kinds.stream().map(Enum::name).toList();
    }

    private static void time(final StringBuilder json, final String name, final long epochNs) {
        json.append(",\"").append(name).append("\":");
        if (epochNs == 0) {
            json.append("null");
        } else {
            FindingJson.time(json.append('"'), epochNs);
            json.append('"');
        }
    }

    private static void strings(final StringBuilder json, final List<String> values) {
        json.append('[');
        for (int i = 0; i < values.size(); i++) {
            FindingJson.string(json.append(i == 0 ? "" : ","), values.get(i));
        }
        json.append(']');
    }
}
