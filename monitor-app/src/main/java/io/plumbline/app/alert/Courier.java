package io.plumbline.app.alert;

import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** Delivers one channel's line, one alert at a time. Thread: {@code alert-<channel>}. */
final class Courier implements Runnable {
    /** A trigger that waited longer is marked as late: what it tells of may be long over. */
    private static final long LATE_NS = TimeUnit.HOURS.toNanos(24);

    private final AlertChannel channel;
    private final DeliveryLine line;
    private final Ledger ledger;
    private final RetryDelay delay;
    private final EpochNanoClock clock;
    private final Counters counters;
    private final Outbox outbox;
    private final OutboxListener listener;
    private long refusingSinceNs;
    private boolean repeats = true;

    Courier(
            final AlertChannel channel,
            final DeliveryLine line,
            final Ledger ledger,
            final RetryDelay delay,
            final EpochNanoClock clock,
            final Counters counters,
            final Outbox outbox,
            final OutboxListener listener) {
        this.channel = channel;
        this.line = line;
        this.ledger = ledger;
        this.delay = delay;
        this.clock = clock;
        this.counters = counters;
        this.outbox = outbox;
        this.listener = listener;
    }

    AlertChannel channel() {
        return channel;
    }

    @Override
    public void run() {
        try {
            long repeatDueNs = nextRepeatNs();
            while (true) {
                if (!step(repeatDueNs) && line.isClosing()) {
                    return;
                }
                if (clock.epochNanos() >= repeatDueNs) {
                    repeat();
                    repeatDueNs = nextRepeatNs();
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes the next attempt; false when there was none to make until this time. */
    boolean step(final long untilNs) throws InterruptedException {
        final Parcel parcel = line.take(untilNs);
        if (parcel == null) {
            return false;
        }
        attempt(parcel);
        return true;
    }

    private long nextRepeatNs() {
        return channel instanceof StandingChannel standing
                ? clock.epochNanos() + standing.repeatEveryNs()
                : Long.MAX_VALUE;
    }

    /** What cannot be repeated now is repeated next time; told once, not every time. */
    private void repeat() {
        final Delivery delivery = repeated((StandingChannel) channel);
        final boolean taken = delivery.outcome() == Delivery.Outcome.DELIVERED;
        if (!taken && repeats) {
            listener.onRepeatFailed(channel.name(), delivery.reason());
        }
        repeats = taken;
    }

    private static Delivery repeated(final StandingChannel of) {
        try {
            return of.repeat();
        } catch (final RuntimeException e) {
            return failed(e);
        }
    }

    private void attempt(final Parcel parcel) {
        final Alert alert;
        try {
            alert = ledger.alert(parcel);
        } catch (final SQLException reported) {
            line.again(parcel, clock.epochNanos() + delay.afterNs(parcel.attempts));
            return;
        }
        if (alert == null) {
            counters.increment(CounterId.ALERTS_FAILED);
            line.done(parcel);
            return;
        }
        if (alert.action() == Alert.Action.ACKNOWLEDGE && !channel.acknowledges()) {
            ledger.mark(parcel, "skipped", "the channel knows no acknowledgement");
            line.done(parcel);
            return;
        }
        if (parcel.attempts == 1) {
            // Before, not after: from here on its resolve is needed, whatever happens to us.
            ledger.mark(parcel, "attempted", "");
        }
        final long waitedNs = clock.epochNanos() - parcel.acceptedNs;
        final boolean late = waitedNs > LATE_NS && alert.action() == Alert.Action.TRIGGER;
        final Delivery delivery = deliver(late ? alert.late(waitedNs) : alert);
        switch (delivery.outcome()) {
            case DELIVERED -> delivered(parcel, alert);
            case RETRY -> retry(parcel, alert, delivery);
            case REFUSED -> refused(parcel, alert, delivery.reason());
        }
    }

    private Delivery deliver(final Alert alert) {
        try {
            return channel.deliver(alert, AlertJson.bytes(alert));
        } catch (final RuntimeException e) {
            return failed(e);
        }
    }

    /** The thread goes on: a channel that fails once may deliver the next. */
    private static Delivery failed(final RuntimeException e) {
        // Its message may hold what the channel was configured with.
        return Delivery.retry(0, "the channel failed: " + e.getClass().getSimpleName());
    }

    private void delivered(final Parcel parcel, final Alert alert) {
        ledger.mark(parcel, "delivered", "");
        line.done(parcel);
        counters.increment(CounterId.ALERTS_DELIVERED);
        listener.onDelivered(channel.name(), alert);
        if (refusingSinceNs != 0) {
            outbox.report(channel.name(), notice(Alert.Action.RESOLVE, "takes alerts again"));
            refusingSinceNs = 0;
        }
    }

    private void retry(final Parcel parcel, final Alert alert, final Delivery delivery) {
        final long afterNs = Math.max(delivery.afterNs(), delay.afterNs(parcel.attempts));
        final long notBeforeNs = clock.epochNanos() + afterNs;
        if (parcel.row != Parcel.UNSAVED) {
            ledger.mark(parcel.row, "attempted", parcel.attempts, notBeforeNs, delivery.reason());
        }
        line.again(parcel, notBeforeNs);
        counters.increment(CounterId.ALERTS_RETRIED);
        listener.onRetry(channel.name(), alert, delivery.reason());
    }

    private void refused(final Parcel parcel, final Alert alert, final String reason) {
        ledger.mark(parcel, "dead", reason);
        line.done(parcel);
        counters.increment(CounterId.ALERTS_FAILED);
        listener.onFailed(channel.name(), alert, reason);
        // A report about another channel that is refused, too, is not reported back: no echo.
        if (refusingSinceNs == 0 && !alert.kind().equals(FindingKind.DELIVERY_FAILED.name())) {
            refusingSinceNs = clock.epochNanos();
            outbox.report(
                    channel.name(), notice(Alert.Action.TRIGGER, "refuses alerts: " + reason));
        }
    }

    private Alert notice(final Alert.Action action, final String what) {
        final long nowNs = clock.epochNanos();
        final String episode = Long.toHexString(refusingSinceNs) + "-outbox-" + channel.name();
        return new Alert(
                episode + '-' + action.label() + '-' + Long.toHexString(nowNs),
                action,
                "outbox|||" + channel.name(),
                episode,
                Severity.HIGH,
                FindingKind.DELIVERY_FAILED.name(),
                "Alert channel " + channel.name() + ' ' + what,
                "",
                refusingSinceNs,
                nowNs);
    }
}
