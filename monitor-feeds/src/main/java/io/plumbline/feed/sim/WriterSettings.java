package io.plumbline.feed.sim;

import io.plumbline.market.Channel;
import io.plumbline.market.Field;

/**
 * What the price writer writes.
 *
 * @param keyPattern with {@code {symbol}} where the ccxt symbol goes
 * @param field which price
 * @param lastChannel which stream gives the last price: aggTrade, or trade
 * @param format how it stands in Redis
 * @param fieldName the JSON or hash field of the price
 * @param ttlMs the keys' life
 */
public record WriterSettings(
        String keyPattern,
        Field field,
        Channel lastChannel,
        PriceFormat format,
        String fieldName,
        long ttlMs) {
    static final String SYMBOL = "{symbol}";

    public WriterSettings {
        if (!keyPattern.contains(SYMBOL)) {
            throw new IllegalArgumentException(
                    "the key pattern \"" + keyPattern + "\" lacks {symbol}");
        }
    }

    /** {@code pms:price:{symbol}} = the last price as a plain number, 30 s to live. */
    public static WriterSettings standard() {
        return new WriterSettings(
                "pms:price:{symbol}",
                Field.LAST,
                Channel.AGG_TRADE,
                PriceFormat.PLAIN,
                "price",
                30_000);
    }

    public WriterSettings withFormat(final PriceFormat other) {
        return new WriterSettings(keyPattern, field, lastChannel, other, fieldName, ttlMs);
    }

    public WriterSettings withLastChannel(final Channel other) {
        return new WriterSettings(keyPattern, field, other, format, fieldName, ttlMs);
    }

    /** The key of a ccxt symbol. */
    public String key(final String symbol) {
        return keyPattern.replace(SYMBOL, symbol);
    }
}
