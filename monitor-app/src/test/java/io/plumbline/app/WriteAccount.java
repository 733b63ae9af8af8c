package io.plumbline.app;

import io.plumbline.feed.redis.RedisObservation;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.journal.JournalReader;
import io.plumbline.market.KeyState;
import io.plumbline.market.Rung;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The writer's ledger against what the monitor's journal holds. Every acknowledged write is one of
 *
 * <ul>
 *   <li>seen: its value was observed;
 *   <li>overtaken: a later value of its key was observed within a bound, as rungs that are told
 *       names and read values promise no more than the newest;
 *   <li>told: while it was made the monitor said that it does not see everything;
 *   <li>silent: none of these, which must not be.
 * </ul>
 *
 * @param silent the writes that nobody accounts for
 * @param seen by the rung that brought the value
 */
record WriteAccount(
        int written,
        Map<Rung, Integer> seen,
        int overtaken,
        int told,
        List<LedgerWriter.Entry> silent) {

    /** A time in which the monitor had said that it is blind or half blind. */
    record Blind(long fromNs, long toNs) {
        boolean covers(final long atNs) {
            return atNs >= fromNs && atNs <= toNs;
        }
    }

    /** What was seen of one key, in order. */
    private static final class Sight {
        private final Set<Long> numbers = new HashSet<>();

        /** When a write of this number or a later one was first seen. */
        private final TreeMap<Long, Long> firstSeenNs = new TreeMap<>();

        void see(final long number, final long stampNs) {
            numbers.add(number);
            if (firstSeenNs.isEmpty() || number > firstSeenNs.lastKey()) {
                firstSeenNs.put(number, stampNs);
            }
        }

        long seenNs(final long number) {
            final Map.Entry<Long, Long> later = firstSeenNs.ceilingEntry(number);
            return later == null ? Long.MAX_VALUE : later.getValue();
        }
    }

    /**
     * @param withinNs how soon after a write its key must have been seen again
     * @param untilNs writes after this are not asked for
     */
    static WriteAccount of(
            final List<LedgerWriter.Entry> ledger,
            final Path journal,
            final List<Blind> blind,
            final long withinNs,
            final long untilNs)
            throws IOException {
        final Map<String, Sight> sights = new HashMap<>();
        final Map<Rung, Integer> seen = new EnumMap<>(Rung.class);
        read(journal, sights, seen);
        int written = 0;
        int overtaken = 0;
        int told = 0;
        final List<LedgerWriter.Entry> silent = new ArrayList<>();
        for (final LedgerWriter.Entry entry : ledger) {
            if (entry.doneNs() == 0 || entry.doneNs() > untilNs) {
                continue;
            }
            written++;
            final Sight sight = sights.getOrDefault(entry.key(), new Sight());
            if (!sight.numbers.contains(entry.number())) {
                if (sight.seenNs(entry.number()) <= entry.doneNs() + withinNs) {
                    overtaken++;
                } else if (blind.stream().anyMatch(each -> each.covers(entry.doneNs()))) {
                    told++;
                } else {
                    silent.add(entry);
                }
            }
        }
        return new WriteAccount(written, seen, overtaken, told, silent);
    }

    private static void read(
            final Path journal, final Map<String, Sight> sights, final Map<Rung, Integer> seen)
            throws IOException {
        final InboundMessage message = new InboundMessage();
        final RedisObservation view = new RedisObservation();
        try (JournalReader reader = JournalReader.open(journal)) {
            while (reader.next(message)) {
                if (message.type == InboundType.REDIS_VALUE
                        && view.wrap(message.bytes, message.offset, message.length)
                        && view.state == KeyState.PRESENT) {
                    final long number =
                            LedgerWriter.number(text(view, view.valueOffset, view.valueLength));
                    final String key = text(view, view.keyOffset, view.keyLength);
                    final Sight sight = sights.computeIfAbsent(key, name -> new Sight());
                    if (number >= 0 && !sight.numbers.contains(number)) {
                        sight.see(number, message.stampNs);
                        seen.merge(view.rung, 1, Integer::sum);
                    }
                }
            }
        }
    }

    private static String text(final RedisObservation view, final int offset, final int length) {
        return new String(view.bytes, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return written
                + " writes: seen "
                + seen
                + ", overtaken "
                + overtaken
                + ", while told blind "
                + told
                + ", silent "
                + silent.size();
    }
}
