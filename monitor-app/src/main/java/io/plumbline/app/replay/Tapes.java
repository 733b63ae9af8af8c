package io.plumbline.app.replay;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.config.KnownVenue;
import io.plumbline.feed.capture.VenueGuess;
import io.plumbline.feed.venue.VenueCatalogue;
import io.plumbline.feed.venue.Venues;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.Threads;
import io.plumbline.journal.JournalLayout;
import io.plumbline.journal.JournalReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Opens recordings of any kind, recognised by their content. */
public final class Tapes {
    /** The thresholds for a recording that comes without a configuration. */
    private static final String DEFAULTS =
            "venues: [{name: binance-usdm, symbols: [\"BTC/USDT:USDT\"]}]\n";

    /** So much of a journal before the first time asked for is judged to know the state. */
    private static final long WARM_UP_NS = 600_000_000_000L;

    /** More recordings than these are read by the thread that judges them. */
    private static final int MOST_THREADS = 8;

    private Tapes() {}

    /**
     * Opens {@code paths} as one tape: all journals, or all captures.
     *
     * @param venueName the venue of captures; null to guess it from each, and from the address of
     *     each connection that one names
     * @param config replaces a journal's own, or gives captures their thresholds; null for none
     * @param threads makes the threads that read and unpack ahead of the caller
     * @throws IllegalArgumentException for a usage that cannot be meant, with the remedy
     * @throws IOException for what cannot be read
     */
    public static Tape open(
            final List<Path> paths,
            final String venueName,
            final Config config,
            final Set<String> symbols,
            final long fromNs,
            final Threads threads)
            throws IOException {
        int journals = 0;
        for (final Path path : paths) {
            if (!Files.exists(path)) {
                throw new IllegalArgumentException(path + " does not exist: check the path");
            }
            journals += isJournal(path) ? 1 : 0;
        }
        if (journals == paths.size()) {
            if (!symbols.isEmpty()) {
                throw new IllegalArgumentException(
                        "--symbols selects from captures; a journal is judged by its configuration:"
                                + " give another one with --config");
            }
            if (venueName != null) {
                throw new IllegalArgumentException(
                        "--venue names the venue of captures; a journal knows its own: leave it"
                                + " away");
            }
            final long warmNs = Math.max(fromNs, Long.MIN_VALUE + WARM_UP_NS) - WARM_UP_NS;
            return JournalTape.open(paths, config, warmNs, Tapes::parse, threads);
        }
        if (journals > 0) {
            throw new IllegalArgumentException(
                    "journals and captures cannot be replayed together: name one kind");
        }
        final Config used = config == null ? parse("defaults", DEFAULTS) : config;
        final VenueCatalogue venues = used.catalogue();
        final List<Recording> recordings = new ArrayList<>();
        for (final Path path : paths) {
            recordings.addAll(recordings(path, venueName, venues));
        }
        return new CaptureTape(
                recordings, symbols, used, recordings.size() > MOST_THREADS ? null : threads);
    }

    /** Whether all of {@code paths} are journals that begin with their configuration. */
    public static boolean tellConfiguration(final List<Path> paths) throws IOException {
        for (final Path path : paths) {
            if (!Files.exists(path) || !isJournal(path)) {
                return false;
            }
        }
        try (JournalReader reader = JournalReader.open(paths.toArray(new Path[0]))) {
            final InboundMessage first = new InboundMessage();
            while (reader.next(first) && reader.sequence() == 0) {
                if (first.type == InboundType.CONFIG) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A folder counts as a journal; a file does by its first bytes. */
    static boolean isJournal(final Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return true;
        }
        try (InputStream in = Files.newInputStream(path)) {
            final byte[] magic = in.readNBytes(Long.BYTES);
            return magic.length == Long.BYTES
                    && ByteBuffer.wrap(magic).order(ByteOrder.LITTLE_ENDIAN).getLong()
                            == JournalLayout.MAGIC;
        }
    }

    private static List<Recording> recordings(
            final Path path, final String venueName, final VenueCatalogue venues)
            throws IOException {
        if (venueName != null) {
            return Recording.of(path, venues.find(venueName), null);
        }
        final VenueGuess whole =
                VenueGuess.of(path)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "nothing in "
                                                        + path
                                                        + " says which venue it is of: name it"
                                                        + " with --venue"));
        return Recording.of(path, venues.find(whole.venue()), guess -> venues.find(guess.venue()));
    }

    private static Config parse(final String name, final String yaml) throws IOException {
        try {
            return new ConfigLoader(
                            Venues.all().stream().map(KnownVenue::of).toList(),
                            variable -> null,
                            warning -> {})
                    .parse(name, yaml);
        } catch (final ConfigException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
