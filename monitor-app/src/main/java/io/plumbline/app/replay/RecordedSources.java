package io.plumbline.app.replay;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names behind the source ids of a journal, as its SOURCES records tell them. One thread. */
public final class RecordedSources {
    /** Ids of a journal have 16 bits. */
    private static final int IDS = 1 << 16;

    private final List<String> names = new ArrayList<>();

    /** Takes a SOURCES record: its names replace those of the records before it. */
    public void learn(final InboundMessage record) {
        names.clear();
        for (final String line : record.text().split("\n")) {
            final int space = line.indexOf(' ');
            final int id = space > 0 ? id(line.substring(0, space)) : -1;
            while (id >= names.size()) {
                names.add("");
            }
            if (id >= 0) {
                names.set(id, line.substring(space + 1));
            }
        }
    }

    private static int id(final String text) {
        try {
            final int id = Integer.parseInt(text);
            return id < IDS ? id : -1;
        } catch (final NumberFormatException e) {
            return -1;
        }
    }

    /** One more than the largest id. */
    public int size() {
        return names.size();
    }

    /** The name of {@code id}, "" for one that has none. */
    public String name(final int id) {
        return id >= 0 && id < names.size() ? names.get(id) : "";
    }

    /** All names at the heads of {@code segments}, in the order in which they are met. */
    public static Set<String> in(final List<Path> segments) throws IOException {
        final Set<String> all = new LinkedHashSet<>();
        final RecordedSources sources = new RecordedSources();
        final InboundMessage record = new InboundMessage();
        for (final Path segment : segments) {
            try (JournalReader reader = JournalReader.open(segment)) {
                while (reader.next(record) && reader.sequence() == 0) {
                    if (record.type == InboundType.SOURCES) {
                        sources.learn(record);
                        all.addAll(sources.names);
                    }
                }
            }
        }
        all.remove("");
        return all;
    }
}
