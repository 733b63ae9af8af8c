package io.plumbline.app.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers on a thread of its own, as the desk does, and remembers what it was asked. */
final class FakeControls implements Controls {
    final List<String> asked = new CopyOnWriteArrayList<>();
    private static final Matchers ALL =
            new Matchers(
                    List.of("PRICE_*"), List.of("binance-*"), List.of("BTC/*"), List.of("pms:*"));
    volatile Result result = Result.DONE;

    private void done(final String what, final Reply reply) {
        asked.add(what);
        new Thread(() -> reply.done(result, what.startsWith("silence") ? "a1" : "")).start();
    }

    @Override
    public void silence(final NewSilence wanted, final Reply reply) {
        done("silence " + wanted, reply);
    }

    @Override
    public void expire(final String id, final Reply reply) {
        done("expire " + id, reply);
    }

    @Override
    public void acknowledge(
            final String fingerprint, final String by, final String note, final Reply reply) {
        done("ack " + fingerprint + " " + by + " " + note, reply);
    }

    @Override
    public List<SilenceView> silences() {
        return List.of(
                new SilenceView(
                        "a1",
                        ALL,
                        "ann",
                        FakeMonitor.HOSTILE,
                        FakeMonitor.NOW_NS,
                        FakeMonitor.NOW_NS + 60_000_000_000L));
    }

    @Override
    public List<MaintenanceView> maintenance() {
        return List.of(
                new MaintenanceView(
                        "weekly", ALL, List.of("sunday"), "02:00", "03:30", "Europe/London", true));
    }
}
