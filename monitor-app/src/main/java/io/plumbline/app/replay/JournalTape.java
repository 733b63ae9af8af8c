package io.plumbline.app.replay;

import io.plumbline.app.config.Config;
import io.plumbline.app.watch.Watch;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.Threads;
import io.plumbline.journal.Damage;
import io.plumbline.journal.JournalReader;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A journal, run by run: its sequence begins anew with every start of the monitor. The
 * configuration recorded at the head of each segment is used unless another is given; sources are
 * matched by name.
 */
final class JournalTape implements Tape {
    /** Reads a configuration that stands in a journal. */
    @FunctionalInterface
    interface ConfigParser {
        Config parse(String name, String yaml) throws IOException;
    }

    private final JournalAhead reader;
    private final Config other;
    private final ConfigParser parser;
    private final String name;
    private final InboundMessage pending = new InboundMessage();
    private final RecordedSources names = new RecordedSources();
    private int[] recorded = new int[0];
    private String recordedConfig;
    private Watch watch;
    private final List<String> notes = new ArrayList<>();
    private boolean waiting;
    private boolean begun;
    private int runs;
    private long sequence;

    private JournalTape(
            final JournalAhead reader,
            final Config other,
            final ConfigParser parser,
            final String name) {
        this.reader = reader;
        this.other = other;
        this.parser = parser;
        this.name = name;
    }

    /**
     * @param other replaces the recorded configuration; null to use that
     * @param fromNs segments that end before are skipped
     * @param threads makes the thread that reads ahead
     */
    static JournalTape open(
            final List<Path> files,
            final Config other,
            final long fromNs,
            final ConfigParser parser,
            final Threads threads)
            throws IOException {
        final JournalReader reader = JournalReader.openFrom(fromNs, files.toArray(new Path[0]));
        return new JournalTape(
                new JournalAhead(reader, threads), other, parser, files.get(0).toString());
    }

    @Override
    public boolean nextRun() throws IOException {
        if (!begun) {
            begun = true;
            waiting = advance();
        }
        if (!waiting) {
            return false;
        }
        if (other == null && recordedConfig == null) {
            throw new IOException(
                    "the journal "
                            + name
                            + " does not begin with its configuration: give one with --config");
        }
        watch =
                new Watch(
                        other != null
                                ? other
                                : parser.parse(name + " (recorded configuration)", recordedConfig));
        learn();
        runs++;
        reader.decode(new DecodeAhead(runs, recorded, watch.decoders()));
        sequence = 0;
        return true;
    }

    @Override
    public boolean next(final InboundMessage into) throws IOException {
        while (true) {
            if (!waiting) {
                waiting = advance();
            }
            if (!waiting || reader.sequence() <= sequence) {
                return false;
            }
            if (sequence == 0 && reader.sequence() > 1) {
                beginInTheMiddle(pending.stampNs);
            } else if (sequence > 0 && reader.sequence() > sequence + 1) {
                watch.sources().all().forEach(source -> watch.state().twins.ownLoss(source.id()));
            }
            sequence = reader.sequence();
            waiting = false;
            final int source = pending.source;
            if (pending.type != null
                    && source >= 0
                    && source < recorded.length
                    && recorded[source] >= 0) {
                into.set(
                        pending.type,
                        recorded[source],
                        pending.epoch,
                        pending.droppedBefore,
                        pending.stampNs,
                        pending.bytes,
                        pending.offset,
                        pending.length);
                return true;
            }
        }
    }

    @Override
    public MarketEvent decoded() {
        return reader.event();
    }

    /**
     * Retention, or a later first time, took the beginning of the run, and with it what was said
     * once.
     */
    private void beginInTheMiddle(final long nowNs) {
        for (final Sources.Source source : watch.sources().all()) {
            watch.state().sessions.assumeLive(source.id(), nowNs);
        }
        notes.add(
                "a run is judged from its middle on: its connections are taken as live, and tick"
                        + " sizes are unknown until the venue is asked again");
    }

    /** The next record that is no prelude stands in {@link #pending}; false at the end. */
    private boolean advance() throws IOException {
        while (reader.next(pending)) {
            if (pending.type == InboundType.CONFIG) {
                recordedConfig = pending.text();
            } else if (pending.type == InboundType.SOURCES) {
                names.learn(pending);
            } else {
                return true;
            }
        }
        return false;
    }

    /** Matches the recorded ids with ours by name; -1 for a source that we do not have. */
    private void learn() {
        recorded = new int[names.size()];
        for (int id = 0; id < recorded.length; id++) {
            recorded[id] = watch.sources().find(names.name(id));
        }
    }

    @Override
    public MarketState state() {
        return watch.state();
    }

    @Override
    public MessageDecoder[] decoders() {
        return watch.decoders();
    }

    @Override
    public Config config() {
        return watch.config();
    }

    @Override
    public long readBytes() {
        return reader.bytesRead();
    }

    @Override
    public long totalBytes() {
        return reader.totalBytes();
    }

    @Override
    public List<String> damages() {
        return reader.damages().stream().map(Damage::sentence).toList();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
