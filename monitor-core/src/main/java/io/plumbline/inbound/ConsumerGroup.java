package io.plumbline.inbound;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The consumers of one ring: they start together and end together. */
public final class ConsumerGroup {
    private final RingBuffer<?> ring;
    private final List<RingConsumer> consumers;
    private final CountDownLatch running;

    public ConsumerGroup(final RingBuffer<?> ring, final List<RingConsumer> consumers) {
        this.ring = ring;
        this.consumers = List.copyOf(consumers);
        this.running = new CountDownLatch(consumers.size());
    }

    /** From here on no cell is overwritten before every consumer has taken it. */
    public void start(final Threads threads) {
        ring.addGatingSequences(
                consumers.stream().map(RingConsumer::sequence).toArray(Sequence[]::new));
        for (final RingConsumer consumer : consumers) {
            consumer.start(threads, running::countDown);
        }
    }

    public List<RingConsumer> consumers() {
        return consumers;
    }

    /**
     * Lets every consumer take everything up to {@code last}, waits for their threads to end, and
     * gives up on those that have not after {@code timeoutNs}.
     *
     * @param published how many messages stand at or before {@code last}, asked at the end
     */
    public Shutdown close(final long last, final LongSupplier published, final long timeoutNs) {
        consumers.forEach(consumer -> consumer.stopAfter(last));
        final boolean ended = await(timeoutNs);
        consumers.forEach(RingConsumer::halt);
        final Map<String, Long> consumed = new LinkedHashMap<>();
        for (final RingConsumer consumer : consumers) {
            consumed.put(consumer.role(), consumer.consumed());
        }
        final long accepted = published.getAsLong();
        final boolean all = consumed.values().stream().allMatch(count -> count == accepted);
        return new Shutdown(accepted, Collections.unmodifiableMap(consumed), ended && all);
    }

    private boolean await(final long timeoutNs) {
        try {
            return running.await(timeoutNs, TimeUnit.NANOSECONDS);
        } catch (final InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
