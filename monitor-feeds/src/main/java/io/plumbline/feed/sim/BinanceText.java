package io.plumbline.feed.sim;

/** The JSON of Binance's market streams, field for field in the venue's order. */
final class BinanceText {
    private static final long NS_PER_MS = 1_000_000;

    private final StringBuilder json = new StringBuilder(512);
    private final SimulatedInstrument instrument;
    private final boolean spot;
    private final boolean namesPairs;

    BinanceText(final SimulatedInstrument instrument) {
        this.instrument = instrument;
        final BinanceMarket market = BinanceMarket.of(instrument.venue());
        this.spot = market.spot();
        this.namesPairs = market.namesPairs();
    }

    String trade(
            final long nowNs,
            final long id,
            final String price,
            final String size,
            final boolean buyerIsMaker) {
        open("trade", nowNs);
        if (spot) {
            symbol().append(",\"t\":").append(id);
            field("p", price).field("q", size);
            json.append(",\"T\":").append(nowNs / NS_PER_MS);
            json.append(",\"m\":").append(buyerIsMaker).append(",\"M\":true}");
        } else {
            json.append(",\"T\":").append(nowNs / NS_PER_MS);
            symbol().append(",\"t\":").append(id);
            field("p", price).field("q", size).field("X", "MARKET");
            json.append(",\"m\":").append(buyerIsMaker).append('}');
        }
        return json.toString();
    }

    String aggTrade(
            final long nowNs,
            final long id,
            final long first,
            final long last,
            final String price,
            final String size,
            final boolean buyerIsMaker) {
        open("aggTrade", nowNs);
        symbol().append(",\"a\":").append(id);
        field("p", price).field("q", size);
        json.append(",\"f\":").append(first).append(",\"l\":").append(last);
        json.append(",\"T\":").append(nowNs / NS_PER_MS);
        json.append(",\"m\":").append(buyerIsMaker).append(spot ? ",\"M\":true}" : "}");
        return json.toString();
    }

    String bookTicker(
            final long nowNs,
            final long update,
            final String bid,
            final String bidSize,
            final String ask,
            final String askSize) {
        json.setLength(0);
        json.append(spot ? "{\"u\":" : "{\"e\":\"bookTicker\",\"u\":").append(update);
        symbolAndPair();
        field("b", bid).field("B", bidSize);
        field("a", ask).field("A", askSize);
        if (!spot) {
            final long nowMs = nowNs / NS_PER_MS;
            json.append(",\"T\":").append(nowMs).append(",\"E\":").append(nowMs);
        }
        return json.append('}').toString();
    }

    String depth(
            final long nowNs,
            final long first,
            final long last,
            final long previous,
            final CharSequence bids,
            final CharSequence asks) {
        open("depthUpdate", nowNs);
        if (!spot) {
            json.append(",\"T\":").append(nowNs / NS_PER_MS);
        }
        symbolAndPair().append(",\"U\":").append(first).append(",\"u\":").append(last);
        if (!spot) {
            json.append(",\"pu\":").append(previous);
        }
        json.append(",\"b\":[").append(bids).append("],\"a\":[").append(asks).append("]}");
        return json.toString();
    }

    String markPrice(final long nowNs, final String mark, final String index) {
        open("markPriceUpdate", nowNs);
        symbol();
        field("p", mark).field("i", index).field("P", mark).field("r", "0.00010000");
        final long fundingMs = 8 * 3_600_000L;
        final long nextFundingMs = (nowNs / NS_PER_MS / fundingMs + 1) * fundingMs;
        return json.append(",\"T\":").append(nextFundingMs).append('}').toString();
    }

    /** Thousandths, written with the venue's decimals. */
    String quantity(final int lots) {
        return SimulatedInstrument.fixed(lots, 3) + (spot ? "00000" : "");
    }

    private void open(final String event, final long nowNs) {
        json.setLength(0);
        json.append("{\"e\":\"").append(event).append("\",\"E\":").append(nowNs / NS_PER_MS);
    }

    private StringBuilder symbol() {
        return json.append(",\"s\":\"").append(instrument.venueSymbol()).append('"');
    }

    private StringBuilder symbolAndPair() {
        symbol();
        if (namesPairs) {
            field("ps", pair(instrument));
        }
        return json;
    }

    /** The symbol without what tells one contract of a pair from another. */
    static String pair(final SimulatedInstrument instrument) {
        final String symbol = instrument.venueSymbol();
        return symbol.indexOf('_') < 0 ? symbol : symbol.substring(0, symbol.indexOf('_'));
    }

    private BinanceText field(final String name, final String value) {
        json.append(",\"").append(name).append("\":\"").append(value).append('"');
        return this;
    }
}
