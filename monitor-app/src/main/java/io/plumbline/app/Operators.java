package io.plumbline.app;

import io.plumbline.app.desk.CaseMatcher;
import io.plumbline.app.desk.Desk;
import io.plumbline.app.desk.Silence;
import io.plumbline.app.http.Controls;
import java.time.Instant;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people ask of the desk through the API: waits for the desk's next tick, is made durable
 * there, and only then answered. Asked by any thread; done by the desk clock's.
 */
final class Operators implements Controls {
    private static final Logger LOG = LoggerFactory.getLogger(Operators.class);

    /** What may wait for one tick; one more is refused. */
    private static final int WAITING = 256;

    private record Asked(BiConsumer<Desk, Long> act, Reply reply) {}

    private final Desk desk;
    private final ArrayBlockingQueue<Asked> waiting = new ArrayBlockingQueue<>(WAITING);
    private volatile Runnable hurry = () -> {};
    private volatile long nowNs;

    /**
     * @param desk read by any thread here, changed only under the desk's lock
     */
    Operators(final Desk desk) {
        this.desk = desk;
    }

    /** {@code clock} brings the next tick forward. */
    void hurriedBy(final Runnable clock) {
        hurry = clock;
    }

    /** Does everything that waits. Desk clock's thread. */
    void serve(final DeskRoom room, final long atNs) {
        nowNs = atNs;
        for (Asked asked = waiting.poll(); asked != null; asked = waiting.poll()) {
            final Asked one = asked;
            try {
                if (!room.change(to -> one.act.accept(to, atNs))) {
                    one.reply.done(Result.UNAVAILABLE, "");
                }
            } catch (final RuntimeException e) {
                LOG.error("what somebody asked of the desk failed", e);
                one.reply.done(Result.UNAVAILABLE, "");
            }
        }
    }

    private void ask(final BiConsumer<Desk, Long> act, final Reply reply) {
        if (waiting.offer(new Asked(act, reply))) {
            hurry.run();
        } else {
            reply.done(Result.UNAVAILABLE, "");
        }
    }

    @Override
    public void silence(final NewSilence wanted, final Reply reply) {
        final Matchers matchers = wanted.matchers();
        final CaseMatcher matcher =
                new CaseMatcher(
                        matchers.kinds(),
                        matchers.venues(),
                        matchers.symbols(),
                        matchers.sources());
        ask(
                (to, atNs) -> {
                    final Silence begun =
                            to.silence(
                                    matcher,
                                    wanted.by(),
                                    wanted.comment(),
                                    wanted.lengthNs(),
                                    atNs);
                    if (begun != null) {
                        LOG.info(
                                "{} silences {} until {}: {}",
                                wanted.by(),
                                matcher.words(),
                                Instant.ofEpochSecond(0, begun.untilNs()),
                                wanted.comment());
                    }
                    reply.done(
                            begun == null ? Result.TOO_MANY : Result.DONE,
                            begun == null ? "" : begun.id());
                },
                reply);
    }

    @Override
    public void expire(final String id, final Reply reply) {
        ask(
                (to, atNs) -> reply.done(to.expire(id, atNs) ? Result.DONE : Result.UNKNOWN, ""),
                reply);
    }

    @Override
    public void acknowledge(
            final String fingerprint, final String by, final String note, final Reply reply) {
        ask(
                (to, atNs) -> {
                    final boolean known = to.acknowledge(fingerprint, by, note, atNs);
                    reply.done(known ? Result.DONE : Result.UNKNOWN, "");
                },
                reply);
    }

    @Override
    public List<SilenceView> silences() {
        return desk.silences().stream()
                .map(
                        of ->
                                new SilenceView(
                                        of.id(),
                                        matchers(of.matcher()),
                                        of.by(),
                                        of.comment(),
                                        of.fromNs(),
                                        of.untilNs()))
                .toList();
    }

    @Override
    public List<MaintenanceView> maintenance() {
        return desk.maintenance().stream()
                .map(
                        of ->
                                new MaintenanceView(
                                        of.name(),
                                        matchers(of.matcher()),
                                        of.days().stream().sorted().map(Operators::label).toList(),
                                        of.from().toString(),
                                        of.to().toString(),
                                        of.zone().getId(),
                                        of.covers(nowNs)))
                .toList();
    }

    private static String label(final java.time.DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH).toLowerCase(Locale.ROOT);
    }

    private static Matchers matchers(final CaseMatcher of) {
        return new Matchers(of.kinds(), of.venues(), of.symbols(), of.sources());
    }
}
