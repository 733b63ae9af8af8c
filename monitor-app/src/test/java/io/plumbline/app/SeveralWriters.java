package io.plumbline.app;

import io.plumbline.feed.sim.FrameListener;
import io.plumbline.feed.sim.FrameSource;
import io.plumbline.feed.sim.SimulatedFrame;
import io.plumbline.market.Channel;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/**
 * Writers of every habit beside one market: it is listened to on its way to the exchange, and one
 * thread writes to Redis, some of it late.
 */
final class SeveralWriters implements FrameSource, AutoCloseable {
    private static final long LATE_MS = 300;

    private record Write(long dueNs, long order, java.util.function.Consumer<Jedis> command)
            implements Delayed {
        @Override
        public long getDelay(final TimeUnit unit) {
            return unit.convert(dueNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(final Delayed other) {
            final Write write = (Write) other;
            return dueNs == write.dueNs
                    ? Long.compare(order, write.order)
                    : Long.compare(dueNs, write.dueNs);
        }
    }

    private final FrameSource market;
    private final DelayQueue<Write> queue = new DelayQueue<>();
    private final AtomicLong order = new AtomicLong();
    private volatile Thread thread;
    private long unrelated = 7;

    SeveralWriters(final FrameSource market) {
        this.market = market;
    }

    /** Begins to write what has gathered. */
    void start(final int port) {
        thread = Monitor.background("several-writers", () -> write(port));
    }

    private void write(final int port) {
        try (Jedis jedis =
                new Jedis(
                        new HostAndPort("127.0.0.1", port),
                        DefaultJedisClientConfig.builder().serverDefaultProtocol().build())) {
            while (true) {
                queue.take().command.accept(jedis);
            }
        } catch (final InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void step(final long nowNs, final FrameListener out) {
        market.step(
                nowNs,
                frame -> {
                    out.onFrame(frame);
                    follow(frame);
                });
    }

    @Override
    public boolean finished() {
        return market.finished();
    }

    private void follow(final SimulatedFrame frame) {
        final String symbol = frame.symbol();
        if (frame.channel() == Channel.AGG_TRADE) {
            final String last = frame.prices().last();
            after(LATE_MS, jedis -> jedis.set("late:" + symbol, last));
            if (symbol.equals("BTC/USDT:USDT")) {
                after(0, jedis -> jedis.set("px:btcusdt", last));
                unrelated = unrelated * 31 % 100_003;
                final String number = Long.toString(unrelated);
                after(0, jedis -> jedis.set("unrelated", number));
            }
        } else if (frame.channel() == Channel.MARK_PRICE) {
            final String json =
                    "{\"data\":[{\"mark\":\""
                            + frame.prices().mark()
                            + "\",\"T\":"
                            + frame.stampNs() / 1_000_000
                            + "}]}";
            after(0, jedis -> jedis.set("mark:" + symbol, json, SetParams.setParams().px(60_000)));
        } else if (frame.channel() == Channel.BOOK_TICKER) {
            final Map<String, String> fields =
                    Map.of(
                            "bid", frame.prices().bid(),
                            "ts", Long.toString(frame.stampNs() / 1_000_000));
            final byte[] mid = mid(frame.prices());
            after(
                    0,
                    jedis -> {
                        jedis.hset("book:" + symbol, fields);
                        jedis.expire("book:" + symbol, 20);
                        jedis.set(("mid:" + symbol).getBytes(StandardCharsets.UTF_8), mid);
                    });
        }
    }

    /** {@code {"m": f64, "n": 3}}. */
    private static byte[] mid(final SimulatedFrame.Prices prices) {
        final BigDecimal sum = new BigDecimal(prices.bid()).add(new BigDecimal(prices.ask()));
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x82, (byte) 0xA1, 'm', (byte) 0xCB});
        out.writeBytes(
                ByteBuffer.allocate(8)
                        .putDouble(sum.divide(BigDecimal.valueOf(2)).doubleValue())
                        .array());
        out.writeBytes(new byte[] {(byte) 0xA1, 'n', 3});
        return out.toByteArray();
    }

    private void after(final long delayMs, final java.util.function.Consumer<Jedis> command) {
        queue.add(
                new Write(
                        System.nanoTime() + delayMs * 1_000_000, order.incrementAndGet(), command));
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
