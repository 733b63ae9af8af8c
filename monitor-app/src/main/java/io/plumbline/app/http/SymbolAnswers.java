package io.plumbline.app.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** {@code /api/symbols}: up to 20,000 symbols, written page by page as the client reads. */
final class SymbolAnswers {
    static final List<Parameter> SELECTION =
            List.of(
                    new Parameter("venue", "Only of this one.", "binance-spot"),
                    new Parameter("search", "Only with this text in instrument or key.", "btc"));

    static final Content SYMBOLS =
            Content.json(
                    Shape.object()
                            .whole("count", "Of those that follow.")
                            .list("symbols", "In a stable order.", SymbolJson.SHAPE));

    /**
     * A page ends with the symbol that takes it beyond this: it stays in cache and in one write.
     */
    private static final int PAGE_CHARS = 16 * 1_024;

    private final MonitorView view;

    SymbolAnswers(final MonitorView view) {
        this.view = view;
    }

    /** The symbols of one venue, or with a text in their instrument or key, or all. */
    Answer answer(final Query query) {
        final String venue = query.text("venue");
        final String search = query.text("search").toLowerCase(Locale.ROOT);
        final List<SymbolStatus> found = new ArrayList<>();
        for (final SymbolStatus symbol : view.symbols()) {
            if ((venue.isEmpty() || symbol.venue().equals(venue)) && matches(symbol, search)) {
                found.add(symbol);
            }
        }
        return Answer.pages(Answer.JSON, new SymbolPages(found));
    }

    private static boolean matches(final SymbolStatus symbol, final String search) {
        return search.isEmpty()
                || symbol.instrument().toLowerCase(Locale.ROOT).contains(search)
                || symbol.key().toLowerCase(Locale.ROOT).contains(search);
    }

    /** The answer over a list that does not change any more. */
    private static final class SymbolPages implements Answer.Pages {
        private final Json json = new Json();
        private final Iterator<SymbolStatus> symbols;
        private boolean complete;

        SymbolPages(final List<SymbolStatus> found) {
            symbols = found.iterator();
            json.open().field("count", found.size()).name("symbols").openArray();
        }

        @Override
        public String next() {
            if (complete) {
                return null;
            }
            while (symbols.hasNext() && json.length() < PAGE_CHARS) {
                SymbolJson.open(json, symbols.next()).close();
            }
            if (!symbols.hasNext()) {
                json.closeArray().close();
                complete = true;
            }
            return json.take();
        }
    }
}
