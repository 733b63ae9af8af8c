package io.plumbline.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plumbline.app.replay.ReplaySummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * Writes the report as one HTML file that needs nothing else: style and script stand in it under
 * their hashes, the only ones that its own policy lets run, so that no text of a recording can
 * become either. All of what was recorded stands in one JSON block and is shown as text.
 */
public final class ReportPage {
    private static final String ROOM = "/io/plumbline/app/report/";
    private static final String POLICY =
            "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none';"
                    + " form-action 'none'";

    /**
     * What else is said.
     *
     * @param version of this Plumbline
     * @param madeNs when the report was made, wall clock
     * @param difference null where nothing was compared
     */
    public record About(
            String version, long madeNs, List<Path> files, DifferenceSummary difference) {}

    private ReportPage() {}

    /** Writes everything; {@code out} stays open. */
    public static void write(
            final Writer out, final Report report, final ReplaySummary summary, final About about)
            throws IOException {
        report.addLiveLatencies(about.files(), summary.fromNs(), summary.toNs());
        final String style = resource("report.css");
        final String script = resource("plots.js") + resource("report.js");
        final String[] around = resource("report.html").split("\\{\\{|}}");
        for (int i = 0; i < around.length; i++) {
            switch (i % 2 == 0 ? "text" : around[i]) {
                case "policy" -> out.write(String.format(POLICY, hash(style), hash(script)));
                case "style" -> out.write(style);
                case "script" -> out.write(script);
                case "data" -> data(out, report, summary, about);
                default -> out.write(around[i]);
            }
        }
        out.flush();
    }

    private static void data(
            final Writer out, final Report report, final ReplaySummary summary, final About about)
            throws IOException {
        try (JsonGenerator json = ReportJson.into(out)) {
            json.writeStartObject();
            ReplayJson.write(json, report, summary, about);
            CaseJson.write(json, report.caseBook());
            SceneJson.write(json, report.scenes());
            CoverageJson.write(json, report);
            if (about.difference() != null) {
                about.difference().write(json);
            }
            LimitsJson.write(json, report, summary);
            json.writeEndObject();
        }
    }

    private static String resource(final String name) throws IOException {
        try (InputStream in = ReportPage.class.getResourceAsStream(ROOM + name)) {
            if (in == null) {
                throw new IOException(name + " is not in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String hash(final String text) {
        try {
            return "sha256-"
                    + Base64.getEncoder()
                            .encodeToString(
                                    MessageDigest.getInstance("SHA-256")
                                            .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
