package io.plumbline.app.replay;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.DetectorsConfig;
import io.plumbline.app.watch.Watch;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.journal.Damage;
import io.plumbline.journal.JournalReader;
import io.plumbline.market.MarketState;
import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A journal. Its own configuration, recorded at the head of each segment, is used unless another is
 * given; sources are matched by name then.
 */
final class JournalTape implements Tape {
    private final JournalReader reader;
    private final Watch watch;
    private int[] sources = new int[0];

    private JournalTape(final JournalReader reader, final Watch watch) {
        this.reader = reader;
        this.watch = watch;
    }

    /** Reads a configuration that stands in a journal. */
    @FunctionalInterface
    interface ConfigParser {
        Config parse(String name, String yaml) throws IOException;
    }

    /**
     * @param other replaces the recorded configuration; null to use that
     * @param fromNs segments that end before are skipped
     */
    static JournalTape open(
            final List<Path> files, final Config other, final long fromNs, final ConfigParser parser)
            throws IOException {
        final Path[] paths = files.toArray(new Path[0]);
        Config config = other;
        if (config == null) {
            try (JournalReader head = JournalReader.open(paths)) {
                final InboundMessage message = new InboundMessage();
                if (!head.next(message) || message.type != InboundType.CONFIG) {
                    throw new IOException(
                            "the journal "
                                    + paths[0]
                                    + " does not begin with its configuration: give one with --config");
                }
                config = parser.parse(paths[0] + " (recorded configuration)", message.text());
            }
        }
        return new JournalTape(JournalReader.openFrom(fromNs, paths), new Watch(config));
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
    public DetectorsConfig detectors() {
        return watch.config().detectors();
    }

    @Override
    public boolean next(final InboundMessage into) {
        while (reader.next(into)) {
            if (into.type == InboundType.SOURCES) {
                learn(into.text());
            } else if (into.type != InboundType.CONFIG && into.type != null) {
                into.source =
                        into.source >= 0 && into.source < sources.length
                                ? sources[into.source]
                                : -1;
                if (into.source >= 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Matches the recorded ids with ours by name; -1 for a source that we do not have. */
    private void learn(final String lines) {
        for (final String line : lines.split("\n")) {
            final int space = line.indexOf(' ');
            if (space > 0) {
                final int id = Integer.parseInt(line.substring(0, space));
                if (id >= sources.length) {
                    final int known = sources.length;
                    sources = Arrays.copyOf(sources, id + 1);
                    Arrays.fill(sources, known, id + 1, -1);
                }
                sources[id] = watch.sources().find(line.substring(space + 1));
            }
        }
    }

    @Override
    public List<String> damages() {
        final List<String> sentences = new ArrayList<>();
        for (final Damage damage : reader.damages()) {
            sentences.add(
                    damage.file()
                            + " is damaged at byte "
                            + damage.offset()
                            + ": "
                            + damage.reason()
                            + "; "
                            + damage.bytesSkipped()
                            + " bytes skipped");
        }
        return sentences;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
