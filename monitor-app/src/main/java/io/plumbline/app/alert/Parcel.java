package io.plumbline.app.alert;

/** One alert on its way through one channel. Guarded by the lock of its {@link DeliveryLine}. */
final class Parcel {
    /** The row's number while it has none: the disk did not take it. */
    static final long UNSAVED = -1;

    final long row;
    final String dedupKey;
    final Alert.Action action;

    /** Held only while unsaved; saved ones are read when their turn comes. */
    final Alert unsaved;

    /** When the outbox took it, ns since the epoch. */
    final long acceptedNs;

    int attempts;
    long notBeforeNs;

    Parcel(
            final long row,
            final String dedupKey,
            final Alert.Action action,
            final Alert unsaved,
            final long acceptedNs,
            final int attempts,
            final long notBeforeNs) {
        this.row = row;
        this.dedupKey = dedupKey;
        this.action = action;
        this.unsaved = unsaved;
        this.acceptedNs = acceptedNs;
        this.attempts = attempts;
        this.notBeforeNs = notBeforeNs;
    }
}
