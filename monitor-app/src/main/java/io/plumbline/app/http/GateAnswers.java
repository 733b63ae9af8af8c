package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.plumbline.app.gate.GateReading;
import io.plumbline.app.gate.GateState;
import java.util.List;

/**
 * {@code /api/gate}: whether it is safe to trade. What is not watched is closed, in the body of the
 * 404 too: a client that looks only at {@code state} is told the truth.
 */
final class GateAnswers {
    static final String BELOW = "/api/gate/";

    static final Parameter SYMBOL =
            new Parameter(
                    "symbol", "In ccxt form, slashes as they are or escaped.", "BTC/USDT:USDT");

    private static final Shape STATE =
            Shape.object()
                    .text("state", "OPEN, CAUTION or CLOSED.")
                    .text("reason", "Empty when OPEN.")
                    .texts("findings", "Fingerprints of the cases behind it.")
                    .whole("epoch", "Grows with every change.")
                    .time("since", "When it changed.");

    private static final Shape READING = Shape.object().text("symbol", "In ccxt form.").with(STATE);

    static final Content ALL =
            Content.json(Shape.object().with(STATE).list("symbols", "In a stable order.", READING));

    static final Content ONE =
            Content.json(READING)
                    .at(
                            404,
                            Shape.object()
                                    .text("state", "CLOSED.")
                                    .text("reason", "It is not watched."));

    static final Content STREAM =
            Content.events("`all` and `symbol`, each with a reading: all of them, then changes.");

    private final MonitorView view;

    GateAnswers(final MonitorView view) {
        this.view = view;
    }

    /** All symbols together, then each. */
    Answer all(final Query query) {
        final Json json = new Json();
        append(json, view.gate(), () -> symbols(json));
        return Answer.json(HttpResponseStatus.OK, json);
    }

    private void symbols(final Json json) {
        json.name("symbols").openArray();
        view.gates().forEach(reading -> append(json, reading, () -> {}));
        json.closeArray();
    }

    /** One symbol. */
    Answer symbol(final Query query) throws BadParameter {
        final GateReading reading = view.gate(query.below(BELOW));
        final Json json = new Json();
        if (reading == null) {
            json.open()
                    .field("state", GateState.CLOSED.name())
                    .field("reason", "this symbol is not watched")
                    .close();
            return Answer.json(HttpResponseStatus.NOT_FOUND, json);
        }
        append(json, reading, () -> {});
        return Answer.json(HttpResponseStatus.OK, json);
    }

    /** First everything, then what changes: one event a reading, {@code all} or {@code symbol}. */
    Answer stream(final Query query) {
        return Answer.events(new Changes());
    }

    private static void append(final Json json, final GateReading reading, final Runnable further) {
        json.open();
        if (!reading.symbol().isEmpty()) {
            json.field("symbol", reading.symbol());
        }
        json.field("state", reading.state().name())
                .field("reason", reading.reason())
                .strings("findings", reading.findings())
                .field("epoch", reading.epoch())
                .time("since", reading.sinceNs());
        further.run();
        json.close();
    }

    /** Compares with what was told before: readings are the same objects until they change. */
    private final class Changes implements Answer.Events {
        private GateReading told;
        private List<GateReading> toldSymbols = List.of();

        @Override
        public String next() {
            final GateReading now = view.gate();
            final List<GateReading> symbols = view.gates();
            if (now == told && symbols == toldSymbols) {
                return null;
            }
            final StringBuilder out = new StringBuilder();
            if (now != told) {
                event(out, "all", now);
            }
            for (int i = 0; i < symbols.size(); i++) {
                if (i >= toldSymbols.size() || symbols.get(i) != toldSymbols.get(i)) {
                    event(out, "symbol", symbols.get(i));
                }
            }
            told = now;
            toldSymbols = symbols;
            return out.toString();
        }

        private void event(final StringBuilder out, final String name, final GateReading reading) {
            final Json json = new Json();
            append(json, reading, () -> {});
            out.append("event: ").append(name).append("\ndata: ").append(json).append("\n\n");
        }
    }
}
