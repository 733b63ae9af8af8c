package io.plumbline.app;

import io.plumbline.app.config.ConfigException;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.KeyState;
import io.plumbline.market.Rung;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Twenty seconds of a journal: one key holds a wrong price from second 6 to 12, another one is
 * right. Names of keys are what somebody wrote who wants to be a script.
 */
final class HostileRecording {
    static final String PREFIX = "</script><img src=x onerror=alert(1)>'\"&:";
    static final String WRONG_KEY = PREFIX + "BTC/USDT:USDT";
    static final String RIGHT_KEY = PREFIX + "ETH/USDT:USDT";
    static final String RIGHT = "61800.3";
    static final String WRONG = "64321.9";
    static final String CONFIG =
            "venues: [{name: binance-usdm, symbols: [\"BTC/USDT:USDT\", \"ETH/USDT:USDT\"],"
                    + " channels: [aggTrade]}]\n"
                    + "redis: [{name: main, uri: \"redis://127.0.0.1:6379\","
                    + " health: {enabled: false}, misnamed: {scan: off}, keys:"
                    + " [{pattern: \"</script><img src=x onerror=alert(1)>'\\\"&:{symbol}\","
                    + " venue: binance-usdm, reference: last}]}]\n";

    private static final int STEPS = 400;
    private static final long STEP_NS = 40_000_000L;
    private static final long WRITTEN_NS = 1_000_000L;
    private static final long LIFE_NS = 30_000_000_000L;

    private HostileRecording() {}

    /** Writes it into {@code folder}, which becomes a journal. */
    static void write(final Path folder, final String config) throws IOException, ConfigException {
        try (RecordedJournal journal = new RecordedJournal(folder, config)) {
            journal.session(RecordedJournal.MARKET, 1, "SUBSCRIBED test");
            journal.session(RecordedJournal.MARKET, 1, "LIVE test");
            for (final String symbol : new String[] {"BTCUSDT", "ETHUSDT"}) {
                journal.put(
                        InboundType.REFERENCE,
                        RecordedJournal.MARKET,
                        1,
                        "{\"symbol\":\"" + symbol + "\",\"tickSize\":\"0.1\"}");
            }
            journal.session(RecordedJournal.REDIS, 1, "SUBSCRIBED test");
            journal.session(RecordedJournal.REDIS, 1, "LIVE test");
            for (int step = 0; step < STEPS; step++) {
                journal.after(STEP_NS).tick(0);
                journal.aggTrade(1, step % 2 == 0 ? "BTCUSDT" : "ETHUSDT", 100 + step / 2);
                journal.put(InboundType.HEARTBEAT, RecordedJournal.REDIS, 1, "");
                if (step % 10 == 5) {
                    final boolean wrong = step >= STEPS * 3 / 10 && step < STEPS * 6 / 10;
                    value(journal, WRONG_KEY, wrong ? WRONG : RIGHT);
                    value(journal, RIGHT_KEY, RIGHT);
                }
            }
        }
    }

    private static void value(final RecordedJournal journal, final String key, final String value) {
        final byte[] name = key.getBytes(StandardCharsets.UTF_8);
        final byte[] text = value.getBytes(StandardCharsets.UTF_8);
        final ByteBuffer payload = ByteBuffer.allocate(28 + name.length + text.length);
        payload.put((byte) 1).put((byte) 0);
        payload.put((byte) Rung.NOTIFICATION.ordinal()).put((byte) KeyState.PRESENT.ordinal());
        payload.putLong(journal.nowNs() - WRITTEN_NS).putLong(journal.nowNs() + LIFE_NS);
        payload.putShort((short) name.length).putShort((short) text.length);
        payload.putShort((short) 0).putShort((short) 0).put(name).put(text);
        journal.put(
                InboundType.REDIS_VALUE,
                RecordedJournal.REDIS,
                1,
                0,
                payload.array(),
                payload.capacity());
    }
}
