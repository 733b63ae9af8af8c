package io.plumbline.feed.websocket;

import io.plumbline.feed.RequestBudget;
import io.plumbline.feed.venue.Dialogue;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;

/**
 * All that a session sends, within the venue's budget of messages. What the budget does not allow
 * now is owed: of pongs and of replies the newest, which stands for all. Event loop only.
 */
final class Outgoing {
    private static final long SECOND_NS = 1_000_000_000L;

    private final RequestBudget messages;
    private final Counters counters;
    private Wire wire;
    private byte[] owedPong;
    private String owedReply;
    private boolean waited;

    Outgoing(final int messagesPerSecond, final Counters counters) {
        this.messages = new RequestBudget(messagesPerSecond, SECOND_NS);
        this.counters = counters;
    }

    /** There is a channel. */
    void attach(final Wire channel) {
        wire = channel;
    }

    /** Ends the channel, if there ever was one. */
    void close(final int status) {
        if (wire != null) {
            wire.close(status);
        }
    }

    /** Sends requests as far as the budget allows, leaving room for a pong. */
    void requests(final Subscriptions subscriptions, final long nowNs) {
        while (subscriptions.unsent() != null && acquire(nowNs, 1)) {
            wire.text(subscriptions.unsent());
            subscriptions.sent(nowNs);
        }
    }

    /** Answers the venue's ping, now or later. */
    void pong(final byte[] payload, final long nowNs) {
        owedPong = payload;
        payPong(nowNs);
    }

    /** Says what the venue wants to hear back, now or later. */
    void reply(final String text, final long nowNs) {
        owedReply = text;
        payReply(nowNs);
    }

    /** Sends what is owed as far as the budget allows. */
    void payDebts(final long nowNs) {
        payPong(nowNs);
        payReply(nowNs);
    }

    private void payPong(final long nowNs) {
        if (owedPong != null && acquire(nowNs, 0)) {
            wire.pong(owedPong);
            owedPong = null;
        }
    }

    private void payReply(final long nowNs) {
        if (owedReply != null && acquire(nowNs, 0)) {
            wire.text(owedReply);
            owedReply = null;
        }
    }

    /** Pings in the venue's way, with what keeps it talking; false where the budget forbids it. */
    boolean ping(final Dialogue dialogue, final long nowNs) {
        if (!acquire(nowNs, 0)) {
            return false;
        }
        final String words = dialogue.ping();
        if (words == null) {
            wire.ping();
        } else {
            wire.text(words);
        }
        if (dialogue.keepAlive() != null && acquire(nowNs, 0)) {
            wire.text(dialogue.keepAlive());
        }
        return true;
    }

    private boolean acquire(final long nowNs, final int spare) {
        final boolean granted = messages.tryAcquire(nowNs, spare) == 0;
        if (!granted && !waited) {
            counters.increment(CounterId.FEED_BUDGET_WAITS);
        }
        waited = !granted;
        return granted;
    }
}
