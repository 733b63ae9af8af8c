package io.plumbline.feed.redis;

import io.plumbline.feed.redis.ToldWrite.Kind;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.Rung;

/**
 * Offers writes that came with their value, in the order in which they came, and remembers them:
 * what a write does not mention stays as it was last seen. Data thread only.
 */
final class WriteTeller {
    /** A key deleted this shortly before its deadline has expired. */
    private static final long DEADLINE_SLACK_NS = 100_000_000L;

    private final KeyViews views;
    private final Observer observer;
    private final ReadBatch row = new ReadBatch();

    WriteTeller(final KeyViews views, final Observer observer) {
        this.views = views;
        this.observer = observer;
        row.add(0);
    }

    /**
     * Tells a write of one key.
     *
     * @return false where the key must be read to know what it holds now
     */
    boolean tell(final ToldWrite write, final Rung rung) {
        switch (write.kind()) {
            case GONE:
                gone(write, rung);
                return true;
            case REPLACED:
                fill(write);
                row.states[0] = ReadBatch.PRESENT;
                offer(write, rung);
                return true;
            case CHANGED:
                return changed(write, rung);
            default:
                return false;
        }
    }

    /** Tells that all keys are gone. */
    void flushed(final ToldWrite write, final Rung rung, final int keys) {
        if (views.present() > 0) {
            observer.flushed(rung, write.stampNs());
        }
        for (int key = 0; key < keys; key++) {
            views.show(key, row, 0);
            if (row.states[0] == ReadBatch.PRESENT || row.states[0] == ReadBatch.WRONG_TYPE) {
                absent(write, key, rung);
            }
        }
    }

    private boolean changed(final ToldWrite write, final Rung rung) {
        views.show(write.key(), row, 0);
        final boolean made =
                row.states[0] == ReadBatch.ABSENT && write.fields() != ToldWrite.DEADLINE;
        if (made) {
            row.values[0] = null;
            row.sequences[0] = null;
            row.times[0] = null;
            row.expiresAtNs[0] = MarketEvent.NEVER;
            row.states[0] = ReadBatch.PRESENT;
        } else if (row.states[0] != ReadBatch.PRESENT) {
            return false;
        }
        if ((write.fields() & ToldWrite.VALUE) != 0) {
            row.values[0] = write.value();
        }
        if ((write.fields() & ToldWrite.SEQUENCE) != 0) {
            row.sequences[0] = write.sequence();
        }
        if ((write.fields() & ToldWrite.TIME) != 0) {
            row.times[0] = write.time();
        }
        if ((write.fields() & ToldWrite.DEADLINE) != 0) {
            row.expiresAtNs[0] = write.expiresAtNs();
        }
        offer(write, rung);
        return true;
    }

    private void gone(final ToldWrite write, final Rung rung) {
        views.show(write.key(), row, 0);
        if (write.visible() && row.states[0] != ReadBatch.ABSENT) {
            final boolean expired =
                    row.states[0] == ReadBatch.PRESENT
                            && row.expiresAtNs[0] != MarketEvent.NEVER
                            && row.expiresAtNs[0] != MarketEvent.NONE
                            && row.expiresAtNs[0] <= write.stampNs() + DEADLINE_SLACK_NS;
            observer.events(
                    write.key(),
                    expired ? DirtyKeys.EXPIRED : DirtyKeys.DELETED,
                    rung,
                    write.stampNs());
        }
        absent(write, write.key(), rung);
    }

    private void absent(final ToldWrite write, final int key, final Rung rung) {
        row.ids[0] = key;
        row.states[0] = ReadBatch.ABSENT;
        row.values[0] = null;
        row.sequences[0] = null;
        row.times[0] = null;
        row.expiresAtNs[0] = MarketEvent.NONE;
        offer(write, rung);
    }

    private void fill(final ToldWrite write) {
        row.ids[0] = write.key();
        row.values[0] = write.value();
        row.sequences[0] = write.sequence();
        row.times[0] = write.time();
        row.expiresAtNs[0] = write.expiresAtNs();
    }

    private void offer(final ToldWrite write, final Rung rung) {
        row.sentNs = write.stampNs();
        row.repliedNs = write.stampNs();
        if (write.visible() && write.kind() != Kind.READ_AGAIN) {
            observer.told(row, 0, rung, write.writtenAfterNs(), write.place());
        } else {
            views.take(row, 0);
        }
    }
}
