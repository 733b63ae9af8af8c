package io.plumbline.app.replay;

import io.plumbline.app.config.Config;
import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.venue.RestRequest;
import io.plumbline.feed.venue.Venue;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.Threads;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketState;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.Sources;
import io.plumbline.market.Subscriptions;
import io.plumbline.market.WatchedKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Other people's recordings: several files, and the connections within one, are merged by their
 * receive times. Instruments are added as they are met; time ticks are made from the receive times;
 * every connection counts as live with its first record. HTTP answers of order books become
 * snapshots, lists of instruments tick sizes.
 */
final class CaptureTape implements Tape {
    private static final Pattern ASKED_SYMBOL = Pattern.compile("[?&]symbol=([\\w-]+)");
    private static final long TICK_NS = 50_000_000L;

    /** A jump of the receive time beyond this makes no ticks: nobody was there to see silence. */
    private static final long JUMP_NS = 600_000_000_000L;

    /** After the last record so much time passes, so that what is held back is told. */
    private static final long TAIL_NS = 1_000_000_000L;

    /** A message made by the tape itself, waiting for its turn. */
    private record Made(InboundType type, int source, int epoch, long stampNs, byte[] bytes) {}

    private final Sources sources = new Sources();
    private final Instruments instruments = new Instruments();
    private final Config config;
    private final long totalBytes;
    private final Set<String> symbols;
    private final List<CapturePlayer> players = new ArrayList<>();
    private final PriorityQueue<CapturePlayer> order =
            new PriorityQueue<>(
                    Comparator.<CapturePlayer>comparingLong(p -> p.record.stampNs)
                            .thenComparingInt(p -> p.source));
    private final Deque<Made> made = new ArrayDeque<>();
    private final MarketState state;
    private CapturePlayer current;
    private long nextTickNs = Long.MIN_VALUE;
    private long lastNs = Long.MIN_VALUE;
    private long endNs = Long.MIN_VALUE;
    private boolean begun;

    /**
     * @param symbols ccxt symbols to look at; empty for all
     * @param threads a thread per recording, to read it ahead; null for none
     */
    CaptureTape(
            final List<Recording> recordings,
            final Set<String> symbols,
            final Config config,
            final Threads threads)
            throws IOException {
        this.config = config;
        this.symbols = symbols;
        long bytes = 0;
        for (final Recording recording : recordings) {
            bytes += Files.size(recording.path());
            final int source =
                    sources.addVenue(
                            recording.venue().name(),
                            recordings.size() == 1 ? "capture" : "capture-" + (players.size() + 1));
            players.add(new CapturePlayer(recording, source, threads));
        }
        totalBytes = bytes;
        state =
                new MarketState(
                        sources,
                        instruments,
                        new WatchedKeys(),
                        new Subscriptions(),
                        config.detectors().price().window().toNanos());
        for (final CapturePlayer player : players) {
            if (player.next()) {
                order.add(player);
            }
        }
    }

    @Override
    public boolean nextRun() {
        final boolean first = !begun;
        begun = true;
        return first;
    }

    @Override
    public MarketState state() {
        return state;
    }

    @Override
    public MessageDecoder[] decoders() {
        final MessageDecoder[] decoders = new MessageDecoder[sources.size()];
        for (final CapturePlayer player : players) {
            final Venue venue = player.recording.venue();
            decoders[player.source] =
                    venue.decoder(
                            instruments,
                            (name, venueSymbol) -> {
                                final String symbol = venue.toSymbol(venueSymbol);
                                return symbols.isEmpty() || symbols.contains(symbol)
                                        ? instruments.add(name, symbol, venueSymbol)
                                        : -1;
                            });
        }
        return decoders;
    }

    @Override
    public Config config() {
        return config;
    }

    @Override
    public long readBytes() {
        long bytes = 0;
        for (final CapturePlayer player : players) {
            bytes += player.reader().bytesRead();
        }
        return bytes;
    }

    @Override
    public long totalBytes() {
        return totalBytes;
    }

    @Override
    public boolean next(final InboundMessage into) throws IOException {
        while (true) {
            if (!made.isEmpty()) {
                final Made message = made.poll();
                into.set(
                        message.type,
                        message.source,
                        message.epoch,
                        0,
                        message.stampNs,
                        message.bytes,
                        0,
                        message.bytes.length);
                return true;
            }
            if (current != null) {
                advance();
            }
            final CapturePlayer player = order.peek();
            if (player == null) {
                return tail(into);
            }
            if (tick(player.record.stampNs, into)) {
                return true;
            }
            current = order.poll();
            lastNs = Math.max(lastNs, current.record.stampNs);
            if (turn(current, into)) {
                return true;
            }
        }
    }

    /** The player whose record was used moves on to its next one. */
    private void advance() throws IOException {
        final CapturePlayer player = current;
        current = null;
        if (player.next()) {
            order.add(player);
        }
    }

    /** Time up to {@code stampNs} passes in ticks; true when {@code into} is one. */
    private boolean tick(final long stampNs, final InboundMessage into) {
        if (nextTickNs == Long.MIN_VALUE || stampNs - nextTickNs > JUMP_NS) {
            nextTickNs = stampNs - Math.floorMod(stampNs, TICK_NS) + TICK_NS;
        }
        if (nextTickNs > stampNs) {
            return false;
        }
        into.set(InboundType.TIMER, Sources.TIMER, 0, 0, nextTickNs, new byte[0], 0, 0);
        nextTickNs += TICK_NS;
        return true;
    }

    private boolean tail(final InboundMessage into) {
        if (lastNs == Long.MIN_VALUE) {
            return false;
        }
        endNs = endNs == Long.MIN_VALUE ? lastNs + TAIL_NS : endNs;
        return nextTickNs <= endNs && tick(endNs, into);
    }

    /** What a record means; true when {@code into} is a message to hand on. */
    private boolean turn(final CapturePlayer player, final InboundMessage into) throws IOException {
        final CaptureRecord record = player.record;
        switch (record.kind) {
            case FRAME:
                if (!player.up) {
                    up(player, record.stampNs);
                    frame(player, into, true);
                    return false;
                }
                return frame(player, into, false);
            case CONNECT:
                if (!player.up) {
                    up(player, record.stampNs);
                }
                return false;
            case DISCONNECT:
                if (player.up) {
                    make(player, record.stampNs, "DOWN recorded disconnect");
                    player.up = false;
                    player.epoch++;
                }
                return false;
            case HTTP:
                return http(player, into);
            default:
                return false;
        }
    }

    private void up(final CapturePlayer player, final long stampNs) {
        player.up = true;
        make(player, stampNs, "SUBSCRIBED recording");
        make(player, stampNs, "LIVE recording");
    }

    private void make(final CapturePlayer player, final long stampNs, final String text) {
        made.add(
                new Made(
                        InboundType.SESSION,
                        player.source,
                        player.epoch,
                        stampNs,
                        text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Hands the frame on, or keeps a copy for after the messages that must come first. */
    private boolean frame(
            final CapturePlayer player, final InboundMessage into, final boolean later) {
        final CaptureRecord record = player.record;
        if (later) {
            made.add(
                    new Made(
                            InboundType.FRAME_TEXT,
                            player.source,
                            player.epoch,
                            record.stampNs,
                            copy(record)));
            return false;
        }
        into.set(
                InboundType.FRAME_TEXT,
                player.source,
                player.epoch,
                0,
                record.stampNs,
                record.bytes,
                record.offset,
                record.length);
        return true;
    }

    private static byte[] copy(final CaptureRecord record) {
        return Arrays.copyOfRange(record.bytes, record.offset, record.offset + record.length);
    }

    /** The answer alone names no symbol on most markets; what was asked for does. */
    private boolean book(final CapturePlayer player, final InboundMessage into) {
        final CaptureRecord record = player.record;
        final Matcher symbol = ASKED_SYMBOL.matcher(record.url);
        if (!symbol.find()) {
            return frame(player, into, false);
        }
        final String body =
                new String(record.bytes, record.offset, record.length, StandardCharsets.UTF_8);
        final byte[] bytes =
                ("{\"symbol\":\"" + symbol.group(1) + "\",\"body\":" + body + "}")
                        .getBytes(StandardCharsets.UTF_8);
        into.set(
                InboundType.SNAPSHOT,
                player.source,
                player.epoch,
                0,
                record.stampNs,
                bytes,
                0,
                bytes.length);
        return true;
    }

    private boolean http(final CapturePlayer player, final InboundMessage into) throws IOException {
        final CaptureRecord record = player.record;
        if (record.url.contains("/depth")) {
            return book(player, into);
        }
        if (isListOfInstruments(player.recording.venue(), record.url)) {
            ticks(player, RestRequest.get(URI.create(record.url)), copy(record));
        }
        return false;
    }

    private static boolean isListOfInstruments(final Venue venue, final String url) {
        return url.contains("exchangeInfo")
                || venue.referenceRequests(null, Venue.Access.NONE).stream()
                        .anyMatch(request -> url.contains(request.uri().getRawPath()));
    }

    private void ticks(final CapturePlayer player, final RestRequest asked, final byte[] body)
            throws IOException {
        final Venue venue = player.recording.venue();
        for (final Venue.Reference reference :
                venue.references(asked, new ByteArrayInputStream(body)).listed()) {
            final String symbol = venue.toSymbol(reference.venueSymbol());
            final boolean wanted =
                    symbols.contains(symbol)
                            || symbols.isEmpty() && instruments.find(venue.name(), symbol) >= 0;
            if (!reference.tickSize().isEmpty() && wanted) {
                final String text =
                        "{\"symbol\":\""
                                + reference.venueSymbol()
                                + "\",\"tickSize\":\""
                                + reference.tickSize()
                                + "\"}";
                made.add(
                        new Made(
                                InboundType.REFERENCE,
                                player.source,
                                player.epoch,
                                player.record.stampNs,
                                text.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    @Override
    public List<String> damages() {
        final Set<String> sentences = new LinkedHashSet<>();
        for (final String symbol : new TreeSet<>(symbols)) {
            if (players.stream()
                    .map(player -> player.recording.venue().name())
                    .noneMatch(venue -> instruments.find(venue, symbol) >= 0)) {
                sentences.add("no message is about " + symbol + ": check --symbols");
            }
        }
        for (final CapturePlayer player : players) {
            sentences.addAll(player.damages());
        }
        return List.copyOf(sentences);
    }

    @Override
    public void close() throws IOException {
        for (final CapturePlayer player : players) {
            player.close();
        }
    }
}
