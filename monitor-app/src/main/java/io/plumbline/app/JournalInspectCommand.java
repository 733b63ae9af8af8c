package io.plumbline.app;

import io.plumbline.app.replay.RecordLine;
import io.plumbline.app.replay.RecordedSources;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.journal.JournalReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows a journal to a person. */
@Command(
        name = "inspect",
        description = {
            "Shows records to a person, one a line.",
            "Text as text, Redis observations, readings of probes and times decoded, binary as"
                    + " hexadecimal; long contents are cut."
        })
final class JournalInspectCommand implements Callable<Integer> {
    private static final String LIMIT = "50";

    @Spec private CommandSpec spec;

    @Mixin private JournalFiles files;
    @Mixin private TimeRange range;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Only this source, for example binance-usdm/market.")
    private String source;

    @Option(
            names = "--type",
            split = ",",
            paramLabel = "TYPE",
            description = "Only these types, separated by commas: ${COMPLETION-CANDIDATES}.")
    private List<InboundType> types;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = LIMIT,
            description = "Stops after so many records (default " + LIMIT + "; 0 for all).")
    private long limit;

    @Override
    public Integer call() throws CannotStartException {
        if (limit < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--limit " + limit + " is below 0: write 0 for all");
        }
        final PrintWriter err = spec.commandLine().getErr();
        try (JournalReader reader = files.open(range.fromNs())) {
            files.sources(reader, source);
            final boolean stopped = show(reader, spec.commandLine().getOut());
            reader.damages().forEach(damage -> err.println("warning: " + damage.sentence()));
            if (stopped) {
                err.println("stopped after " + limit + " records: --limit N shows more");
            }
            return ExitCode.OK;
        } catch (final IOException e) {
            throw new CannotStartException("the journal cannot be read: " + e.getMessage(), e);
        }
    }

    /** True when the limit ended it. */
    private boolean show(final JournalReader reader, final PrintWriter out) {
        final long fromNs = range.fromNs();
        final long toNs = range.toNs();
        final Set<InboundType> wanted =
                types == null ? EnumSet.allOf(InboundType.class) : EnumSet.copyOf(types);
        final RecordedSources sources = new RecordedSources();
        final RecordLine lines = new RecordLine(sources);
        final InboundMessage record = new InboundMessage();
        final StringBuilder line = new StringBuilder();
        long shown = 0;
        out.println(RecordLine.HEADER);
        while (!out.checkError() && reader.next(record)) {
            if (record.type == InboundType.SOURCES) {
                sources.learn(record);
            }
            if (wanted.contains(record.type)
                    && record.stampNs >= fromNs
                    && record.stampNs <= toNs
                    && isOfSource(reader.sequence(), sources.name(record.source))) {
                if (limit > 0 && shown == limit) {
                    return true;
                }
                shown++;
                line.setLength(0);
                lines.append(record, reader.sequence(), line);
                out.println(line);
            }
        }
        return false;
    }

    private boolean isOfSource(final long sequence, final String name) {
        return source == null || sequence > 0 && source.equals(name);
    }
}
