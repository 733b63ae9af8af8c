package io.plumbline.feed.sim;

import io.plumbline.feed.sim.MarketMove.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deribit: JSON-RPC 2.0, one answer for many streams, heartbeats that demand an answer, books
 * chained by ids that all instruments share. Written from docs.deribit.com.
 *
 * <p>Those ids are the venue's, the same on every connection: they are given out here, where a move
 * is first worded.
 */
public final class DeribitWire implements VenueWire {
    private static final String VENUE = "deribit";
    private static final long FIRST_ID = 70_000_000_000L;

    /** Ids between two changes of one instrument: those of others lie between. */
    private static final int ID_STRIDE = 3;

    private static final List<SimulatedInstrument> INSTRUMENTS =
            List.of(
                    instrument("BTC/USDC:USDC", "BTC_USDC-PERPETUAL", "0.5", 1, 122_469, 90),
                    instrument("BTC/USD:BTC", "BTC-PERPETUAL", "0.5", 1, 122_451, 100),
                    instrument(
                            "BTC/USD:BTC-261225-100000-C",
                            "BTC-25DEC26-100000-C",
                            "0.0001",
                            4,
                            805,
                            110),
                    instrument("ETH/USDC", "ETH_USDC", "0.05", 2, 62_411, 120));

    /** The last book of an instrument, as it is told. */
    record Chained(MarketMove.Book book, long previousId, long id, List<Change> changes) {}

    /** What becomes of one price. */
    record Change(boolean bid, String action, String price, String amount) {}

    private final Map<String, Chained> books = new HashMap<>();
    private long lastId = FIRST_ID;

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public boolean serves(final String path) {
        return path.equals("/ws/api/v2");
    }

    /** What it lists. */
    @Override
    public List<SimulatedInstrument> instruments() {
        return INSTRUMENTS;
    }

    /** The list of instruments: options have a coarser tick from a price on. */
    @Override
    public Map<String, String> rest() {
        final StringBuilder json = new StringBuilder("{\"jsonrpc\":\"2.0\",\"result\":[");
        String separator = "";
        for (final SimulatedInstrument instrument : INSTRUMENTS) {
            final boolean option = instrument.venueSymbol().endsWith("-C");
            json.append(separator).append("{\"tick_size\":").append(instrument.tickSize());
            json.append(",\"tick_size_steps\":[");
            json.append(option ? "{\"tick_size\":0.0005,\"above_price\":0.005}" : "");
            json.append("],\"kind\":\"").append(option ? "option" : "future");
            json.append("\",\"is_active\":true,\"instrument_name\":\"");
            json.append(instrument.venueSymbol()).append("\",\"base_currency\":\"");
            json.append(instrument.base()).append("\"}");
            separator = ",";
        }
        return Map.of(
                "/api/v2/public/get_instruments", json.append("],\"testnet\":false}").toString());
    }

    @Override
    public Client open(final String resource, final long nowNs) {
        return new DeribitClient(this, INSTRUMENTS);
    }

    /** This book of an instrument with the ids and actions by which it is told. */
    synchronized Chained chained(final String name, final MarketMove.Book book) {
        final Chained last = books.get(name);
        if (last != null && last.book == book) {
            return last;
        }
        lastId += ID_STRIDE;
        final Set<String> known = new HashSet<>();
        if (last != null) {
            last.book.bids().forEach(level -> known.add(level.price()));
            last.book.asks().forEach(level -> known.add(level.price()));
        }
        final List<Change> changes =
                book.changes().stream().map(level -> change(level, known)).toList();
        final Chained next = new Chained(book, last == null ? 0 : last.id, lastId, changes);
        books.put(name, next);
        return next;
    }

    private static Change change(final Level level, final Set<String> known) {
        final boolean gone = level.size().equals("0");
        final String action = gone ? "delete" : known.contains(level.price()) ? "change" : "new";
        return new Change(level.bid(), action, level.price(), gone ? "0.0" : level.size());
    }

    private static SimulatedInstrument instrument(
            final String symbol,
            final String name,
            final String tickSize,
            final int decimals,
            final long startTicks,
            final long intervalMs) {
        return new SimulatedInstrument(
                VENUE, symbol, name, tickSize, decimals, startTicks, intervalMs * 1_000_000);
    }
}
