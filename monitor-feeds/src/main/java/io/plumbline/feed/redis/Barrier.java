package io.plumbline.feed.redis;

/**
 * The pings of a push connection: each proves, when it is answered, that everything told before it
 * has arrived, and one that is not answered in time that nothing arrives any more. Data thread
 * only.
 */
final class Barrier {
    private final long intervalNs;
    private final long timeoutNs;
    private long sent;
    private long judged;
    private long judgedSinceNs;
    private long dueNs;

    Barrier(final RedisSettings settings) {
        intervalNs = settings.barrierIntervalNs();
        timeoutNs = settings.barrierTimeoutNs();
    }

    /** A connection was opened, on which nothing was sent yet. */
    void begin() {
        sent = 0;
        judged = 0;
    }

    /** Another connection goes on: what was asked on the one before is not answered any more. */
    void goOn(final long nowNs) {
        judged = 0;
        dueNs = nowNs;
    }

    /** Sends a ping and returns its number. */
    long ping(final PushRung push, final RedisLink data, final long nowNs) {
        sent++;
        if (judged == 0) {
            judged = sent;
            judgedSinceNs = nowNs;
        }
        push.ping(sent, data);
        return sent;
    }

    /** Whether the ping that is waited for was answered; says so once. */
    boolean takeAnswer(final PushRung push) {
        if (judged > 0 && push.pong() >= judged) {
            judged = 0;
            return true;
        }
        return false;
    }

    /** Whether an answer is missing for too long. */
    boolean isSilent(final long nowNs) {
        return judged > 0 && nowNs - judgedSinceNs > timeoutNs;
    }

    /** Pings when it is time. */
    void turn(final PushRung push, final RedisLink data, final long nowNs) {
        if ((judged == 0 && nowNs >= dueNs) || sent == 0) {
            dueNs = nowNs + intervalNs;
            ping(push, data, nowNs);
        }
    }
}
