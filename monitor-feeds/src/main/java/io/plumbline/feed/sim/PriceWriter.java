package io.plumbline.feed.sim;

import io.plumbline.market.Field;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fills price keys from the market, as a trading system's price server does: every distinct price,
 * at once, in order; an unchanged one again before half of its life is over. It reads the fields
 * that the market put beside each frame, none of the monitor's decoders. Simulation thread.
 */
public final class PriceWriter implements FrameListener {
    /** The most keys that it fills; further symbols are ignored and counted. */
    static final int MAX_KEYS = 20_000;

    private static final long NS_PER_MS = 1_000_000;

    private final WriterSettings settings;
    private final PriceSink sink;
    private final Map<String, PriceKey> keys = new LinkedHashMap<>();
    private long generation;
    private long writes;
    private long ignored;
    private long nextRefreshNs;

    public PriceWriter(final WriterSettings settings, final PriceSink sink) {
        this.settings = settings;
        this.sink = sink;
        this.generation = sink.generation();
    }

    public WriterSettings settings() {
        return settings;
    }

    /** Commands given to Redis. */
    public long writes() {
        return writes;
    }

    /** Prices of symbols beyond the limit. */
    public long ignored() {
        return ignored;
    }

    @Override
    public void onFrame(final SimulatedFrame frame) {
        final String price = price(frame);
        if (price == null || new BigDecimal(price).signum() <= 0) {
            return;
        }
        if (keys.size() >= MAX_KEYS && !keys.containsKey(frame.symbol())) {
            ignored++;
            return;
        }
        final PriceKey key = key(frame.symbol());
        if (!price.equals(key.price)) {
            key.price(price, frame.stampNs());
            if (key.withheldBy == 0) {
                writeTrue(key, frame.stampNs());
            }
            for (int i = 0; i < key.distortions.size(); i++) {
                key.distortions.get(i).onPrice(key, frame.stampNs());
            }
        }
    }

    /** Refreshes what would expire, and everything after a reconnect. */
    public void step(final long nowNs) {
        final boolean lost = generation != sink.generation();
        if (lost || nowNs >= nextRefreshNs) {
            generation = sink.generation();
            final long halfLifeNs = settings.ttlMs() * NS_PER_MS / 2;
            for (final PriceKey key : keys.values()) {
                if (key.price != null
                        && key.withheldBy == 0
                        && (lost || nowNs - key.writtenNs >= halfLifeNs)) {
                    writeTrue(key, nowNs);
                }
            }
            nextRefreshNs = nowNs + halfLifeNs / 8;
        }
        for (final PriceKey key : keys.values()) {
            for (int i = 0; i < key.distortions.size(); i++) {
                key.distortions.get(i).step(nowNs);
            }
        }
    }

    /** The key of a symbol, known from now on. */
    PriceKey key(final String symbol) {
        return keys.computeIfAbsent(symbol, name -> new PriceKey(name, settings.key(name)));
    }

    Collection<PriceKey> keys() {
        return keys.values();
    }

    /** Writes the market's price, with its life. */
    void writeTrue(final PriceKey key, final long nowNs) {
        if (key.price != null) {
            key.writtenNs = nowNs;
            write(key, key.price, settings.ttlMs(), nowNs);
        }
    }

    /** Writes any price in the configured format; {@code ttlMs} 0 for no expiry. */
    void write(final PriceKey key, final String price, final long ttlMs, final long nowNs) {
        final long nowMs = nowNs / NS_PER_MS;
        final String value =
                settings.format() == PriceFormat.JSON
                        ? "{\""
                                + settings.fieldName()
                                + "\":\""
                                + price
                                + "\",\"ts\":"
                                + nowMs
                                + '}'
                        : price;
        writeRaw(key, value, ttlMs, nowNs);
    }

    /** Writes a value as it stands. */
    void writeRaw(final PriceKey key, final String value, final long ttlMs, final long nowNs) {
        writes++;
        final String field = settings.format() == PriceFormat.HASH ? settings.fieldName() : null;
        sink.write(new PriceCommand(key.key, field, value, ttlMs, nowNs / NS_PER_MS));
    }

    void delete(final PriceKey key, final long nowNs) {
        writes++;
        sink.write(new PriceCommand(key.key, null, null, 0, nowNs / NS_PER_MS));
    }

    private String price(final SimulatedFrame frame) {
        final SimulatedFrame.Prices prices = frame.prices();
        final Field field = settings.field();
        switch (field) {
            case LAST:
                return frame.channel() == settings.lastChannel() ? prices.last() : null;
            case BID:
                return prices.bid();
            case ASK:
                return prices.ask();
            case MID:
                return prices.bid() == null ? null : PriceKey.mid(prices.bid(), prices.ask());
            case MARK:
                return prices.mark();
            case INDEX:
                return prices.index();
            default:
                throw new IllegalStateException("no writer for " + field);
        }
    }
}
