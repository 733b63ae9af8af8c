package io.plumbline.app.alert;

import io.plumbline.app.desk.CaseHandling;
import io.plumbline.app.desk.CaseRecord;
import io.plumbline.app.desk.Silence;
import io.plumbline.inbound.Threads;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.LoggerFactory;

/**
 * The durable outbox: an alert is on the disk, once per channel, before {@link #accept} returns; a
 * thread per channel delivers it at least once, in order per dedup key, however often the process
 * is killed in between. While the disk does not take alerts they are held in memory and sent all
 * the same. Constructors assign, {@link #start} acts.
 */
public final class Outbox implements AutoCloseable {
    private static final long LAST_WORDS_MS = 250;

    private final OutboxSettings settings;
    private final EpochNanoClock clock;
    private final Threads threads;
    private final Counters counters;
    private final OutboxListener listener;
    private final Ledger ledger;
    private final Map<String, DeliveryLine> lines = new LinkedHashMap<>();
    private final List<Courier> couriers = new ArrayList<>();
    private final List<Thread> running = new ArrayList<>();
    private boolean closed;

    /**
     * @param file the SQLite file; made where it is missing
     * @param channels in the order in which they are told; names must differ
     * @param threads makes one thread per channel, named {@code alert-<channel>}
     * @param random for the retry delays; thread-safe, as java.util.Random is
     */
    public Outbox(
            final Path file,
            final OutboxSettings settings,
            final List<AlertChannel> channels,
            final Threads threads,
            final EpochNanoClock clock,
            final RandomGenerator random,
            final Counters counters,
            final OutboxListener listener) {
        this.settings = settings;
        this.clock = clock;
        this.threads = threads;
        this.counters = counters;
        this.listener = listener;
        ledger = new Ledger(file, settings, clock, listener);
        for (final AlertChannel channel : channels) {
            final DeliveryLine line =
                    new DeliveryLine(clock, channel.attemptsPerMinute(), settings);
            if (lines.put(channel.name(), line) != null) {
                throw new IllegalArgumentException(
                        "two alert channels are named " + channel.name() + ": rename one");
            }
            final RetryDelay delay =
                    new RetryDelay(settings.retryFirstNs(), settings.retryLongestNs(), random);
            couriers.add(
                    new Courier(channel, line, ledger, delay, clock, counters, this, listener));
        }
    }

    /**
     * Loads the database's native library, which takes a good part of a start: beside other things
     * that take time. What goes wrong here goes wrong again, and is told, when the file is opened.
     */
    public static void preload() {
        try {
            org.sqlite.SQLiteJDBCLoader.initialize();
            KeptJson.read(KeptJson.text(CaseHandling.NONE), CaseHandling.class, CaseHandling.NONE);
        } catch (final Exception e) {
            LoggerFactory.getLogger(Outbox.class).debug("sqlite is not loaded early", e);
        }
    }

    /** Opens the file, takes up what was left undelivered, and starts delivering. */
    public synchronized void start() {
        final int given = ledger.open(lines.keySet());
        counters.add(CounterId.ALERTS_FAILED, given);
        lines.forEach((channel, line) -> ledger.waiting(channel).forEach(line::put));
        for (final Courier courier : couriers) {
            if (courier.channel() instanceof StandingChannel standing) {
                standing.standing(AlertPager.standing(ledger.openCases()));
            }
            running.add(threads.start("alert-" + courier.channel().name(), courier));
        }
    }

    /** The cases that were open when the process last ended, for the desk. After {@link #start}. */
    public List<CaseRecord> openCases() {
        return ledger.openCases();
    }

    /** The silences that stood when the process last ended, for the desk. After {@link #start}. */
    public List<Silence> silences() {
        return ledger.silences();
    }

    /** Makes these silences durable in the place of those that stood. Any thread. */
    public void keep(final List<Silence> standing) {
        ledger.keep(standing);
    }

    /**
     * Makes durable, all or none, and hands to the delivery threads. Alerts of one call keep their
     * order. During {@link #close} they are kept, not sent. Any thread; takes one disk write.
     *
     * @param cases as they stand now; resolved ones are forgotten
     */
    public void accept(final List<Alert> alerts, final Collection<CaseRecord> cases) {
        accept(alerts, cases, List.copyOf(lines.keySet()));
    }

    private synchronized void accept(
            final List<Alert> alerts,
            final Collection<CaseRecord> cases,
            final List<String> channels) {
        final List<Long> rows = ledger.add(alerts, channels, cases);
        int next = 0;
        for (final Alert alert : alerts) {
            for (final String channel : channels) {
                final long row = rows.get(next++);
                if (!closed) {
                    put(channel, row, alert);
                }
            }
        }
    }

    private void put(final String channel, final long row, final Alert alert) {
        final DeliveryLine line = lines.get(channel);
        final boolean saved = row != Parcel.UNSAVED;
        if (alert.action() == Alert.Action.RESOLVE) {
            final List<Parcel> needless = line.coalesce(alert.dedupKey());
            if (!needless.isEmpty()) {
                needless.forEach(parcel -> ledger.mark(parcel, "skipped", "resolved at once"));
                if (saved) {
                    ledger.mark(row, "skipped", 0, 0, "resolved at once");
                }
                return;
            }
        }
        final Parcel parcel =
                new Parcel(
                        row,
                        alert.dedupKey(),
                        alert.action(),
                        saved ? null : alert,
                        clock.epochNanos(),
                        0,
                        0);
        final Parcel given = line.put(parcel);
        if (given != null) {
            giveUp(channel, given);
        }
    }

    private void giveUp(final String channel, final Parcel given) {
        final String reason = "the outbox is full";
        counters.increment(CounterId.ALERTS_FAILED);
        ledger.mark(given, "dead", reason);
        try {
            final Alert lost = ledger.alert(given);
            if (lost != null) {
                listener.onFailed(channel, lost, reason);
            }
        } catch (final SQLException reported) {
            // Counted above, and the ledger has told of the disk: only its text is missing.
            return;
        }
    }

    /** Tells the other channels that {@code failing} is of no use, or is of use again. */
    void report(final String failing, final Alert notice) {
        final List<String> others = new ArrayList<>(lines.keySet());
        others.remove(failing);
        if (!others.isEmpty()) {
            accept(List.of(notice), List.of(), others);
        }
    }

    /** Alerts that wait, over all channels. Any thread. */
    public int pending() {
        return lines.values().stream().mapToInt(DeliveryLine::size).sum();
    }

    /** When the oldest alert that waits was accepted, over all channels; MAX_VALUE for none. */
    public long oldestNs() {
        return lines.values().stream()
                .mapToLong(DeliveryLine::oldestNs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** For tests that let time pass by hand. */
    List<Courier> couriers() {
        return couriers;
    }

    /**
     * Delivers what may go at once, at most for the configured time, and closes the file. What is
     * left is delivered after the next start.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        lines.values().forEach(DeliveryLine::close);
        final long deadlineNs = clock.epochNanos() + settings.closeNs();
        boolean ended = true;
        for (final Thread thread : running) {
            ended &= join(thread, TimeUnit.NANOSECONDS.toMillis(deadlineNs - clock.epochNanos()));
        }
        couriers.forEach(courier -> courier.channel().close());
        if (!ended) {
            running.forEach(Thread::interrupt);
            running.forEach(thread -> join(thread, LAST_WORDS_MS));
        }
        ledger.close();
    }

    private static boolean join(final Thread thread, final long ms) {
        try {
            thread.join(Math.max(1, ms));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
