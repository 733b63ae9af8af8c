package io.plumbline.app.http;

import java.util.List;

/**
 * What people may change through the API; the composition root gives it. Called on an event loop:
 * returns at once, and the reply comes when what was asked for is durable, on any thread.
 */
public interface Controls {
    /** While there is no monitor yet. */
    Controls NONE =
            new Controls() {
                @Override
                public void silence(final NewSilence wanted, final Reply reply) {
                    reply.done(Result.UNAVAILABLE, "");
                }

                @Override
                public void expire(final String id, final Reply reply) {
                    reply.done(Result.UNAVAILABLE, "");
                }

                @Override
                public void acknowledge(
                        final String fingerprint,
                        final String by,
                        final String note,
                        final Reply reply) {
                    reply.done(Result.UNAVAILABLE, "");
                }

                @Override
                public List<SilenceView> silences() {
                    return List.of();
                }

                @Override
                public List<MaintenanceView> maintenance() {
                    return List.of();
                }
            };

    /** How it ended. */
    enum Result {
        DONE,
        /** There is no such silence or case. */
        UNKNOWN,
        /** As many as are allowed stand already. */
        TOO_MANY,
        /** The desk does not move now. */
        UNAVAILABLE
    }

    /** Told once. */
    @FunctionalInterface
    interface Reply {
        /**
         * @param id of the silence that was begun; "" otherwise
         */
        void done(Result result, String id);
    }

    /**
     * Globs of what a silence is about; an empty list is no condition.
     *
     * @param sources keys, connections, Redis servers or writers
     */
    record Matchers(
            List<String> kinds, List<String> venues, List<String> symbols, List<String> sources) {
        public Matchers {
            kinds = List.copyOf(kinds);
            venues = List.copyOf(venues);
            symbols = List.copyOf(symbols);
            sources = List.copyOf(sources);
        }
    }

    /**
     * A silence that is asked for.
     *
     * @param lengthNs from now on
     */
    record NewSilence(Matchers matchers, String by, String comment, long lengthNs) {}

    /** A silence that stands. Times in ns since the epoch. */
    record SilenceView(
            String id, Matchers matchers, String by, String comment, long fromNs, long untilNs) {}

    /**
     * A window of the configuration.
     *
     * @param days in lower case; empty for every day
     * @param open whether it is open now
     */
    record MaintenanceView(
            String name,
            Matchers matchers,
            List<String> days,
            String from,
            String to,
            String zone,
            boolean open) {
        public MaintenanceView {
            days = List.copyOf(days);
        }
    }

    void silence(NewSilence wanted, Reply reply);

    /** Ends a silence before its time. */
    void expire(String id, Reply reply);

    /** Somebody takes a case on. */
    void acknowledge(String fingerprint, String by, String note, Reply reply);

    /** Those that stand, oldest first. */
    List<SilenceView> silences();

    List<MaintenanceView> maintenance();
}
