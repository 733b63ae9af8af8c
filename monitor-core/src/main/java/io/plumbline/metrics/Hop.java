package io.plumbline.metrics;

import java.util.Locale;

/** The stretches of the way whose latency is kept, one histogram each. */
public enum Hop {
    VENUE_TO_SOCKET("the venue's event time to our socket, above the clock offset"),
    SECOND_COPY("the first copy of a message to the second one over this connection"),
    SOCKET_TO_ENGINE("our socket to the engine's turn"),
    ENGINE("decode and all detectors, one message"),
    SOCKET_TO_REDIS("our socket to the same value seen in Redis"),
    REDIS_ROUND_TRIP("a Redis request to its answer"),
    REDIS_PING("a ping to a node of a Redis, beside the prices, to its answer");

    private final String sentence;

    Hop(final String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
