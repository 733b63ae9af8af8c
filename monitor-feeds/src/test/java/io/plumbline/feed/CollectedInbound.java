package io.plumbline.feed;

import io.plumbline.inbound.Inbound;
import io.plumbline.inbound.InboundType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Keeps everything that was offered, from any thread, and waits for what is to come. */
public final class CollectedInbound implements Inbound {
    /** One message, its payload as text. */
    public record Message(InboundType type, int source, int epoch, long stampNs, String text) {}

    private static final long PATIENCE_NS = 10_000_000_000L;
    private final List<Message> messages = new ArrayList<>();

    @Override
    public synchronized boolean offer(
            final InboundType type,
            final int source,
            final int epoch,
            final long stampNs,
            final byte[] bytes,
            final int offset,
            final int length) {
        messages.add(
                new Message(
                        type,
                        source,
                        epoch,
                        stampNs,
                        new String(bytes, offset, length, StandardCharsets.UTF_8)));
        return true;
    }

    @Override
    public boolean offer(
            final InboundType type,
            final int source,
            final int epoch,
            final long stampNs,
            final ByteBuffer payload) {
        final byte[] copy = new byte[payload.remaining()];
        payload.duplicate().get(copy);
        return offer(type, source, epoch, stampNs, copy, 0, copy.length);
    }

    public synchronized List<Message> all() {
        return List.copyOf(messages);
    }

    /** The texts of all messages of this type. */
    public List<String> texts(final InboundType type) {
        return all().stream().filter(m -> m.type() == type).map(Message::text).toList();
    }

    /** Session changes as {@code epoch STATE reason}. */
    public List<String> sessions() {
        return all().stream()
                .filter(m -> m.type() == InboundType.SESSION)
                .map(m -> m.epoch() + " " + m.text())
                .toList();
    }

    /** Waits until a session change begins with {@code start}. */
    public void awaitSession(final String start) {
        await(
                m ->
                        m.type() == InboundType.SESSION
                                && (m.epoch() + " " + m.text()).startsWith(start));
    }

    /** Waits until a message of this kind was offered. */
    public void await(final Predicate<Message> wanted) {
        eventually(() -> all().stream().anyMatch(wanted));
    }

    /** Waits until {@code condition} holds; an error naming what was collected after 10 s. */
    public void eventually(final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                final List<Message> seen = all();
                throw new AssertionError(
                        "did not happen; the last of "
                                + seen.size()
                                + " messages: "
                                + seen.subList(Math.max(0, seen.size() - 12), seen.size()));
            }
            LockSupport.parkNanos(1_000_000L);
        }
    }
}
