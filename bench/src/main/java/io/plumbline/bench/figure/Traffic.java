package io.plumbline.bench.figure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Messages to decode: recorded where recordings are at hand, else made in the documented shapes.
 */
final class Traffic {
    private static final long SEED = 20_261_127L;

    private Traffic() {}

    /** Book tickers, trades and depth of Binance USD-M as they come. */
    static Corpus mixed(final Effort effort) throws IOException {
        return effort.hasFeeds()
                ? Corpus.recorded(
                        "recorded mix",
                        "binance-usdm",
                        effort.feeds().resolve("binance/usdm_btcusdt_20240808.gz"),
                        effort.messages(),
                        text -> text.startsWith("{\"stream\""))
                : new Corpus("made mix", "binance-usdm", made(effort.messages()));
    }

    /** One channel of the same. */
    static Corpus channel(final Effort effort, final String event) throws IOException {
        return channel(effort, event, effort.messages() / 4);
    }

    /** At most so many messages of one channel. */
    static Corpus channel(final Effort effort, final String event, final int most)
            throws IOException {
        final String wanted = "\"e\":\"" + event + "\"";
        if (effort.hasFeeds()) {
            return Corpus.recorded(
                    event,
                    "binance-usdm",
                    effort.feeds().resolve("binance/usdm_btcusdt_20240808.gz"),
                    most,
                    text -> text.startsWith("{\"stream\"") && text.contains(wanted));
        }
        final List<byte[]> messages = made(effort.messages());
        messages.removeIf(m -> !new String(m, StandardCharsets.US_ASCII).contains(wanted));
        return new Corpus(event, "binance-usdm", messages);
    }

    private static List<byte[]> made(final int count) {
        final Random random = new Random(SEED);
        final List<byte[]> messages = new ArrayList<>();
        long id = 5_123_107_839_020L;
        long time = 1_723_161_256_313L;
        for (int i = 0; i < count; i++) {
            id += 1 + random.nextInt(900);
            time += random.nextInt(3);
            final int kind = random.nextInt(100);
            final String text =
                    kind < 70
                            ? ticker(random, id, time)
                            : kind < 93 ? trade(random, id, time) : depth(random, id, time);
            messages.add(text.getBytes(StandardCharsets.US_ASCII));
        }
        return messages;
    }

    private static String price(final Random random) {
        return (61_000 + random.nextInt(900)) + "." + random.nextInt(10) + "0";
    }

    private static String size(final Random random) {
        return random.nextInt(20) + "." + String.format("%03d", random.nextInt(1_000));
    }

    private static String ticker(final Random random, final long id, final long time) {
        return "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"e\":\"bookTicker\",\"u\":"
                + id
                + ",\"s\":\"BTCUSDT\",\"b\":\""
                + price(random)
                + "\",\"B\":\""
                + size(random)
                + "\",\"a\":\""
                + price(random)
                + "\",\"A\":\""
                + size(random)
                + "\",\"T\":"
                + time
                + ",\"E\":"
                + time
                + "}}";
    }

    private static String trade(final Random random, final long id, final long time) {
        return "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":"
                + time
                + ",\"T\":"
                + time
                + ",\"s\":\"BTCUSDT\",\"t\":"
                + id
                + ",\"p\":\""
                + price(random)
                + "\",\"q\":\""
                + size(random)
                + "\",\"X\":\"MARKET\",\"m\":"
                + random.nextBoolean()
                + "}}";
    }

    private static String depth(final Random random, final long id, final long time) {
        return "{\"stream\":\"btcusdt@depth@0ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":"
                + time
                + ",\"T\":"
                + time
                + ",\"s\":\"BTCUSDT\",\"U\":"
                + (id - 5)
                + ",\"u\":"
                + id
                + ",\"pu\":"
                + (id - 9)
                + ",\"b\":"
                + levels(random)
                + ",\"a\":"
                + levels(random)
                + "}}";
    }

    private static String levels(final Random random) {
        final StringBuilder out = new StringBuilder("[");
        for (int i = random.nextInt(30); i >= 0; i--) {
            out.append("[\"")
                    .append(price(random))
                    .append("\",\"")
                    .append(size(random))
                    .append("\"]");
            out.append(i == 0 ? "" : ",");
        }
        return out.append(']').toString();
    }
}
