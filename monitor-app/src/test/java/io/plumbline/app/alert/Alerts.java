package io.plumbline.app.alert;

import io.plumbline.finding.Severity;
import io.plumbline.inbound.Threads;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What the tests of this package share: alerts, threads, waiting on a condition. */
final class Alerts {
    static final Threads THREADS =
            (role, body) -> {
                final Thread thread = new Thread(body, role);
                thread.setDaemon(true);
                thread.start();
                return thread;
            };

    private Alerts() {}

    static Alert trigger(final String key) {
        return alert(Alert.Action.TRIGGER, key);
    }

    static Alert resolve(final String key) {
        return alert(Alert.Action.RESOLVE, key);
    }

    private static Alert alert(final Alert.Action action, final String key) {
        return new Alert(
                key + '-' + action.label(),
                action,
                key,
                "e",
                Severity.HIGH,
                "PRICE_WRONG",
                "the price of " + key + " is wrong",
                "{}",
                1,
                2);
    }

    static void await(final String what, final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not in time: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    /** A channel that does as it is told and remembers what came. */
    static final class Script implements AlertChannel {
        private final String name;
        private final java.util.function.Function<Alert, Delivery> answer;
        final List<String> seen = new CopyOnWriteArrayList<>();

        Script(final String name, final java.util.function.Function<Alert, Delivery> answer) {
            this.name = name;
            this.answer = answer;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Delivery deliver(final Alert alert, final byte[] body) {
            seen.add(alert.action().label() + ' ' + alert.dedupKey());
            return answer.apply(alert);
        }

        @Override
        public int attemptsPerMinute() {
            return 60_000;
        }
    }
}
