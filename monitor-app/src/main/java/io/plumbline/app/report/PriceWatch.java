package io.plumbline.app.report;

import io.plumbline.app.replay.Onlooker;
import io.plumbline.detect.Detector;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingSink;
import io.plumbline.finding.Severity;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.Field;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.ValueFault;
import io.plumbline.market.WatchedKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Finds nothing: keeps the last seconds of every price of one run and shows them where something
 * was found. Asked after all detectors, so that it sees what they judged. Never throws into the
 * engine: what it cannot follow it stops following, and says so.
 */
final class PriceWatch implements Detector {
    /** Memory for the columns of all tracks together, whatever their number. */
    private static final long RING_BYTES = 12L << 20;

    private static final int COLUMN_BYTES = 40;
    private static final int LEAST_COLUMNS = 12;
    private static final int MOST_COLUMNS = 100;

    /** Prices without a key that are followed in one run; further ones are not. */
    static final int MOST_KEYLESS = 5_000;

    /** What is seen from before a finding. */
    static final long BEFORE_NS = 10_000_000_000L;

    private final MarketState state;
    private final Scenes scenes;
    private final int columns;
    private final long widthNs;
    private final Track[] byKey;
    private final List<List<Track>> byInstrument = new ArrayList<>();
    private final Map<String, Track> byName = new HashMap<>();
    private final List<Scene> live = new ArrayList<>();
    private final Decimal price = new Decimal();
    private int keyless;
    private String fault = "";

    PriceWatch(final Onlooker.Run run, final Scenes scenes) {
        state = run.state();
        this.scenes = scenes;
        final int tracks = Math.max(state.keys.size(), state.instruments.size());
        final long most = RING_BYTES / COLUMN_BYTES / Math.max(1, tracks);
        columns = (int) Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, most));
        widthNs = BEFORE_NS / columns;
        byKey = new Track[state.keys.size()];
        for (final WatchedKeys.WatchedKey key : state.keys.all()) {
            byKey[key.id()] = add(key.instrument(), key.name(), key.field().label());
        }
    }

    private Track add(final int instrument, final String key, final String label) {
        final var of = state.instruments.instrument(instrument);
        final Track track = new Track(of.venue(), of.symbol(), key, label, columns, widthNs);
        while (byInstrument.size() <= instrument) {
            byInstrument.add(new ArrayList<>(1));
        }
        byInstrument.get(instrument).add(track);
        byName.putIfAbsent(name(of.venue(), of.symbol()), track);
        return track;
    }

    private static String name(final String venue, final String symbol) {
        return venue + '\n' + symbol;
    }

    /** The tracks of all keys by id; of a recording without keys none. */
    Track[] byKey() {
        return byKey;
    }

    /** The tracks of prices that no key follows. */
    List<Track> keyless() {
        final List<Track> all = new ArrayList<>();
        byInstrument.forEach(
                tracks -> tracks.stream().filter(of -> of.key.isEmpty()).forEach(all::add));
        return all;
    }

    /** Why it stopped following, "" while it does. */
    String fault() {
        return fault;
    }

    @Override
    public String name() {
        return "report";
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (!fault.isEmpty()) {
            return;
        }
        try {
            follow(event, nowNs);
        } catch (final RuntimeException e) {
            fault = e.toString();
        }
    }

    private void follow(final MarketEvent event, final long nowNs) {
        if (event.type == EventType.TIMER) {
            onTime(nowNs);
        } else if (event.type == EventType.KEY_VALUE && event.key >= 0) {
            final boolean usable =
                    event.keyState == KeyState.PRESENT && event.valueFault == ValueFault.NONE;
            price.clear();
            byKey[event.key].value(nowNs, usable ? event.price : price);
        } else if (event.type == EventType.MARKET && event.instrument >= 0) {
            market(event, nowNs);
        }
    }

    private void market(final MarketEvent event, final long nowNs) {
        if (event.instrument >= byInstrument.size()
                || byInstrument.get(event.instrument).isEmpty()) {
            if (keyless == MOST_KEYLESS) {
                return;
            }
            keyless++;
            add(event.instrument, "", "");
        }
        for (final Track track : byInstrument.get(event.instrument)) {
            if (track.key.isEmpty()) {
                alone(track, event, nowNs);
            }
        }
        for (final Track track : byInstrument.get(event.instrument)) {
            if (!track.key.isEmpty()) {
                judged(track, event.instrument, nowNs);
            }
        }
    }

    /** The price that the key is judged by, as the engine now has it. */
    private void judged(final Track track, final int instrument, final long nowNs) {
        final PriceHistory history =
                state.references.history(instrument, Field.ofLabel(track.label));
        if (history != null && history.size() > 0) {
            track.reference(nowNs, price.set(history.mantissa(0), history.exponent(0)));
        }
    }

    /** Without a key: the first channel that told a price is followed. */
    private void alone(final Track track, final MarketEvent event, final long nowNs) {
        if (track.channel != null && track.channel != event.channel) {
            track.references++;
            return;
        }
        price.clear();
        if (event.channel == Channel.MARK_PRICE) {
            price.set(event.mark);
        } else if (event.channel == Channel.BOOK_TICKER) {
            if (event.bid.isGiven() && event.ask.isGiven()) {
                price.setMid(event.bid, event.ask);
            }
        } else {
            price.set(event.price);
        }
        if (price.isGiven()) {
            track.channel = event.channel;
            track.label =
                    event.channel.label() + (event.channel == Channel.BOOK_TICKER ? " mid" : "");
            track.reference(nowNs, price);
        } else {
            track.references++;
        }
    }

    private void onTime(final long nowNs) {
        for (final Iterator<Scene> all = live.iterator(); all.hasNext(); ) {
            final Scene scene = all.next();
            scene.track.advance(nowNs);
            if (scene.isOver(nowNs)) {
                end(scene);
                all.remove();
            }
        }
    }

    private static void end(final Scene scene) {
        if (scene.track.scene == scene) {
            scene.track.scene = null;
        }
    }

    /** Shows {@code finding} in the price that it is about, if it is about one. */
    void onFinding(final Finding finding, final Severity severity, final String text) {
        final Track track = track(finding);
        if (track == null || !fault.isEmpty()) {
            return;
        }
        if (track.scene == null && finding.edge != Edge.CLOSE) {
            final Scene scene = new Scene(track);
            if (scenes.admit(scene, severity)) {
                track.show(scene, finding.atNs);
                live.add(scene);
            }
        }
        if (track.scene != null) {
            track.scene.mark(finding, severity, text);
        }
    }

    private Track track(final Finding finding) {
        if (!finding.key.isEmpty()) {
            final byte[] name = finding.key.getBytes(StandardCharsets.UTF_8);
            final int key = state.keys.find(name, 0, name.length);
            if (key >= 0) {
                return byKey[key];
            }
        }
        return finding.instrument.isEmpty()
                ? null
                : byName.get(name(finding.venue, finding.instrument));
    }

    /** The run is over: what is still shown ends here. */
    void close(final long nowNs) {
        for (final Scene scene : live) {
            scene.track.advance(nowNs);
            end(scene);
        }
        live.clear();
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append(finding.kind);
    }
}
