package io.plumbline.feed.sim;

import io.plumbline.feed.sim.MarketMove.Level;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A client of Binance's binary streams. It asks as on the other streams of Binance; an unknown
 * stream is accepted and never delivers.
 */
final class BinanceSbeClient implements VenueWire.Client {
    private static final int TRADES = 10_000;
    private static final int BEST_BID_ASK = 10_001;
    private static final int DEPTH_SNAPSHOT = 10_002;
    private static final int DEPTH_DIFF = 10_003;
    private static final short SCHEMA = 1;
    private static final short VERSION = 0;
    private static final int TRADE_BYTES = 3 * Long.BYTES + 1;
    private static final int LEVEL_BYTES = 2 * Long.BYTES;
    private static final int LONGEST = 8_192;
    private static final int TOP = 20;
    private static final long NS_PER_MICRO = 1_000;

    /** Binance writes eight decimals of everything. */
    private static final int DECIMALS = 8;

    private final BinanceClient requests;
    private final ByteBuffer message = ByteBuffer.allocate(LONGEST).order(ByteOrder.LITTLE_ENDIAN);

    BinanceSbeClient(final int streamsPerConnection) {
        requests =
                new BinanceClient(
                        Route.of(SimulatedInstruments.SPOT, "/stream"),
                        true,
                        List.of(),
                        streamsPerConnection);
    }

    @Override
    public void answer(final String text, final long nowNs, final VenueWire.Out out) {
        requests.answer(text, nowNs, out);
    }

    @Override
    public void announceEnd(final long nowNs, final VenueWire.Out out) {
        requests.announceEnd(nowNs, out);
    }

    @Override
    public void word(final MarketMove move, final VenueWire.Out out) {
        final SimulatedInstrument instrument = move.instrument();
        final long micros = move.stampNs() / NS_PER_MICRO;
        switch (move.kind()) {
            case TRADE -> {
                if (requests.wants(instrument.stream("trade"))) {
                    trade(move.trade(), micros);
                    send(instrument, out);
                }
            }
            case QUOTE -> {
                if (requests.wants(instrument.stream("bestBidAsk"))) {
                    quote(move.quote(), micros);
                    send(instrument, out);
                }
            }
            case BOOK -> {
                if (requests.wants(instrument.stream("depth"))) {
                    diff(move.book(), micros);
                    send(instrument, out);
                }
                if (requests.wants(instrument.stream("depth20"))) {
                    top(move.book(), micros);
                    send(instrument, out);
                }
            }
        }
    }

    private void trade(final MarketMove.Trade trade, final long micros) {
        header(TRADES, 2 * Long.BYTES + 2);
        message.putLong(micros).putLong(micros);
        exponents();
        message.putShort((short) TRADE_BYTES).putInt(1);
        message.putLong(trade.id());
        message.putLong(mantissa(trade.price())).putLong(mantissa(trade.size()));
        message.put((byte) (trade.sold() ? 1 : 0));
    }

    private void quote(final MarketMove.Quote quote, final long micros) {
        header(BEST_BID_ASK, 6 * Long.BYTES + 2);
        message.putLong(micros).putLong(quote.id());
        exponents();
        message.putLong(mantissa(quote.bid())).putLong(mantissa(quote.bidSize()));
        message.putLong(mantissa(quote.ask())).putLong(mantissa(quote.askSize()));
    }

    private void diff(final MarketMove.Book book, final long micros) {
        header(DEPTH_DIFF, 3 * Long.BYTES + 2);
        message.putLong(micros).putLong(book.first()).putLong(book.last());
        exponents();
        levels(book.changes().stream().filter(Level::bid).toList());
        levels(book.changes().stream().filter(level -> !level.bid()).toList());
    }

    private void top(final MarketMove.Book book, final long micros) {
        header(DEPTH_SNAPSHOT, 2 * Long.BYTES + 2);
        message.putLong(micros).putLong(book.last());
        exponents();
        levels(book.bids().stream().limit(TOP).toList());
        levels(book.asks().stream().limit(TOP).toList());
    }

    private void header(final int template, final int blockBytes) {
        message.clear();
        message.putShort((short) blockBytes).putShort((short) template);
        message.putShort(SCHEMA).putShort(VERSION);
    }

    private void exponents() {
        message.put((byte) -DECIMALS).put((byte) -DECIMALS);
    }

    private void levels(final List<Level> levels) {
        message.putShort((short) LEVEL_BYTES).putShort((short) levels.size());
        for (final Level level : levels) {
            message.putLong(mantissa(level.price())).putLong(mantissa(level.size()));
        }
    }

    private static long mantissa(final String number) {
        return new BigDecimal(number).movePointRight(DECIMALS).longValueExact();
    }

    /** The symbol ends the message. */
    private void send(final SimulatedInstrument instrument, final VenueWire.Out out) {
        final byte[] symbol = instrument.venueSymbol().getBytes(StandardCharsets.UTF_8);
        message.put((byte) symbol.length).put(symbol).flip();
        final byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        out.binary(bytes);
    }
}
