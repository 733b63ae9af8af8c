package io.plumbline.bench.figure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.market.Rung;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What one would write with Jedis to hold the values of keys: subscribes to a channel that carries
 * them, or to keyspace notifications, upon which it reads the key on a second connection. One
 * thread.
 */
final class PlainSubscriber implements Closeable {
    /** Of its keys; a number follows. */
    static final String PREFIX = "plain:";

    private static final String KEYSPACE = "__keyspace@0__:";
    private static final long PATIENCE_S = 10;

    private final Jedis subscribed;
    private final Jedis reading;
    private final IntConsumer arrived;
    private final Map<String, BigDecimal> held = new HashMap<>();
    private final ObjectMapper mapper = new ObjectMapper();
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile boolean closed;

    /**
     * @param channel for the rung CHANNEL
     * @param arrived told of every key whose value is held now; its own thread
     */
    PlainSubscriber(
            final RedisHost host,
            final Rung rung,
            final String channel,
            final IntConsumer arrived) {
        subscribed = host.client();
        reading = host.client();
        this.arrived = arrived;
        RedisMonitor.thread(
                "plain",
                () -> {
                    try {
                        if (rung == Rung.CHANNEL) {
                            subscribed.subscribe(new Listener(), channel);
                        } else {
                            subscribed.psubscribe(new Listener(), KEYSPACE + PREFIX + "*");
                        }
                    } catch (final JedisException over) {
                        if (!closed) {
                            throw over;
                        }
                    }
                });
    }

    void awaitSubscribed() throws IOException {
        try {
            if (!begun.await(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new IOException("the plain subscriber is not subscribed");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void hold(final String key, final String value) {
        held.put(key, new BigDecimal(value));
        arrived.accept(Integer.parseInt(key.substring(PREFIX.length())));
    }

    @Override
    public void close() {
        closed = true;
        subscribed.close();
        reading.close();
    }

    private final class Listener extends JedisPubSub {
        @Override
        public void onSubscribe(final String channel, final int count) {
            begun.countDown();
        }

        @Override
        public void onPSubscribe(final String pattern, final int count) {
            begun.countDown();
        }

        @Override
        public void onMessage(final String channel, final String message) {
            try {
                final JsonNode told = mapper.readTree(message);
                hold(told.get("key").asText(), told.get("value").asText());
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onPMessage(final String pattern, final String channel, final String event) {
            final String key = channel.substring(KEYSPACE.length());
            hold(key, reading.get(key));
        }
    }
}
