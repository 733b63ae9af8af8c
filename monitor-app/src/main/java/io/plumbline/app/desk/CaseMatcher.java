package io.plumbline.app.desk;

import io.plumbline.market.Glob;
import java.util.List;
import java.util.StringJoiner;

/**
 * Which cases are meant. Every part that names something must match; its globs are alternatives.
 *
 * @param kinds of findings
 * @param venues by their name
 * @param symbols ccxt form
 * @param sources what else a case is about: the key, the connection ({@code binance-usdm/1}), the
 *     Redis ({@code redis/main}) or the writer
 */
public record CaseMatcher(
        List<String> kinds, List<String> venues, List<String> symbols, List<String> sources) {
    public CaseMatcher {
        kinds = List.copyOf(kinds);
        venues = List.copyOf(venues);
        symbols = List.copyOf(symbols);
        sources = List.copyOf(sources);
    }

    /** For a log: {@code kind PRICE_* and symbol BTC/*,ETH/*}. */
    public String words() {
        final StringJoiner words = new StringJoiner(" and ");
        add(words, "kind ", kinds);
        add(words, "venue ", venues);
        add(words, "symbol ", symbols);
        add(words, "source ", sources);
        return words.toString();
    }

    private static void add(final StringJoiner words, final String name, final List<String> globs) {
        if (!globs.isEmpty()) {
            words.add(name + String.join(",", globs));
        }
    }

    boolean matches(final Case of) {
        return any(kinds, of.kind().name())
                && any(venues, of.venue())
                && any(symbols, of.instrument())
                && (any(sources, of.key())
                        || any(sources, of.venue() + '/' + of.key())
                        || any(sources, of.writer()));
    }

    private static boolean any(final List<String> globs, final String text) {
        if (globs.isEmpty()) {
            return true;
        }
        for (final String glob : globs) {
            if (Glob.matches(glob, text)) {
                return true;
            }
        }
        return false;
    }
}
