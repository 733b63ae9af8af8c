package io.plumbline.app;

import io.plumbline.finding.FindingJson;
import io.plumbline.journal.Damage;
import io.plumbline.journal.JournalVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether a journal is whole, and what is in it. */
@Command(
        name = "verify",
        description = {
            "Reads every record, checks its checksum and its place in the sequence.",
            "Exit 0 when all is whole, 1 when anything is damaged or missing.",
            "A segment that is being written (.plj.open) may end inside a record."
        })
final class JournalVerifyCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private JournalFiles files;

    @Override
    public Integer call() {
        final JournalVerifier.Summary found = verify();
        final PrintWriter out = spec.commandLine().getOut();
        line(out, "segments", Long.toString(found.segments()));
        line(out, "records", Long.toString(found.records()));
        line(out, "bytes", Long.toString(found.bytes()));
        line(out, "first", found.records() == 0 ? "none" : time(found.firstStampNs()));
        line(out, "last", found.records() == 0 ? "none" : time(found.lastStampNs()));
        line(out, "dropped", Long.toString(found.dropped()));
        found.types().forEach((type, count) -> line(out, "  " + type, Long.toString(count)));
        for (final Damage damage : found.damages()) {
            out.println(damage.sentence());
        }
        final long untold = found.damageCount() - found.damages().size();
        if (untold > 0) {
            out.println("and " + untold + " more");
        }
        out.println(found.damageCount() == 0 ? "whole" : "damaged: " + found.damageCount());
        out.flush();
        return found.damageCount() == 0 ? ExitCode.OK : ExitCode.FOUND;
    }

    private JournalVerifier.Summary verify() {
        try {
            return JournalVerifier.verify(files.paths());
        } catch (final IOException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static void line(final PrintWriter out, final String what, final String value) {
        out.printf("%-16s %s%n", what, value);
    }

    private static String time(final long epochNs) {
        final StringBuilder text = new StringBuilder();
        FindingJson.time(text, epochNs);
        return text.toString();
    }
}
