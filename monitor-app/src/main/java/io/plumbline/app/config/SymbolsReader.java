package io.plumbline.app.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The symbols of one venue: named, by patterns, or by the keys in Redis. */
final class SymbolsReader {
    private static final Pattern CCXT =
            Pattern.compile("[^/:\\s{}]{1,60}/[^/:\\s{}]{1,60}(:[^/:\\s{}]{1,60})?");
    private static final Pattern GLOB = Pattern.compile("[^\\s{}!]{1,180}");
    private static final int MOST = 5_000;

    /** Stands for all symbols that have a key. */
    static final String REDIS = "redis";

    /** Stands for no symbol at all: what a printed configuration says where none was found. */
    static final String NONE = "none";

    /** What stands in the file. */
    record Symbols(List<String> named, Universe universe) {}

    private final KnownVenue venue;
    private final List<String> named = new ArrayList<>();
    private final Map<String, String> instruments = new HashMap<>();
    private final List<String> patterns = new ArrayList<>();
    private final List<String> exclusions = new ArrayList<>();
    private YamlValue firstPattern;
    private YamlValue firstExclusion;
    private boolean redis;

    private SymbolsReader(final KnownVenue venue) {
        this.venue = venue;
    }

    /**
     * @param venue null when it is not known
     * @param listed whether the venue can be asked what it lists
     */
    static Symbols read(final YamlMap at, final KnownVenue venue, final boolean listed) {
        final SymbolsReader reader = new SymbolsReader(venue);
        reader.items(at);
        reader.check(listed);
        final int most = at.value("mostSymbols", Universe.MOST, Values.integer(1, MOST));
        return new Symbols(
                reader.named, new Universe(reader.patterns, reader.exclusions, reader.redis, most));
    }

    private void items(final YamlMap at) {
        final YamlValue given = at.find("symbols");
        if (given != null && given.isWord(NONE)) {
            return;
        }
        if (given != null && given.isWord(REDIS)) {
            redis = true;
            return;
        }
        at.list("symbols").forEach(this::item);
        if (at.isEmptyList("symbols")) {
            at.problem(
                    "symbols", "no symbol to watch; write `symbols: [BTC/USDT]` with at least one");
        }
    }

    private void item(final YamlValue item) {
        final String text = item.read("", Values::text);
        if (text.isEmpty()) {
            return;
        }
        if (text.equals(REDIS)) {
            redis = true;
        } else if (text.startsWith("!")) {
            firstExclusion = firstExclusion == null ? item : firstExclusion;
            glob(item, text.substring(1), exclusions);
        } else if (text.indexOf('*') >= 0 || text.indexOf('?') >= 0) {
            firstPattern = firstPattern == null ? item : firstPattern;
            glob(item, text, patterns);
        } else {
            symbol(item, text);
        }
    }

    private static void glob(final YamlValue item, final String glob, final List<String> globs) {
        if (!GLOB.matcher(glob).matches()) {
            item.problem(
                    YamlValue.quoted(glob)
                            + " is no pattern; write a ccxt symbol with * in it, for example"
                            + " \"*/USDT:USDT\", and \"!DOGE/*\" for what it shall leave out");
        } else if (globs.contains(glob)) {
            item.problem(YamlValue.quoted(glob) + " is given twice; remove one");
        } else {
            globs.add(glob);
        }
    }

    private void symbol(final YamlValue item, final String symbol) {
        final String venueSymbol = venueSymbol(item, symbol);
        if (venueSymbol == null) {
            return;
        }
        final String other = instruments.putIfAbsent(venueSymbol, symbol);
        if (other == null) {
            named.add(symbol);
        } else {
            item.problem("the same instrument as \"" + other + "\"; remove one");
        }
    }

    /** The venue's own name of the symbol, or null when it cannot be one. */
    private String venueSymbol(final YamlValue item, final String symbol) {
        if (!CCXT.matcher(symbol).matches() && !isOwnName(symbol)) {
            item.problem(
                    YamlValue.quoted(symbol)
                            + " is no ccxt symbol; write BASE/QUOTE for spot or BASE/QUOTE:SETTLE"
                            + " for a perpetual, for example BTC/USDT:USDT");
            return null;
        }
        if (venue == null) {
            return symbol;
        }
        try {
            return venue.toVenueSymbol().apply(symbol);
        } catch (final IllegalArgumentException e) {
            item.problem(
                    YamlValue.quoted(symbol)
                            + " is no symbol of "
                            + venue.name()
                            + ": "
                            + e.getMessage());
            return null;
        }
    }

    /** Whether the venue takes this name for its own. */
    private boolean isOwnName(final String symbol) {
        try {
            return venue != null && venue.toVenueSymbol().apply(symbol).equals(symbol);
        } catch (final IllegalArgumentException notOne) {
            return false;
        }
    }

    private void check(final boolean listed) {
        if (!listed && firstPattern != null) {
            firstPattern.problem(
                    "a pattern needs the venue's list of instruments; remove `rest: none`, or"
                            + " write the symbols out");
        }
        if (firstExclusion != null && patterns.isEmpty() && !redis) {
            firstExclusion.problem(
                    "leaves something out of nothing; add a pattern such as \"*/USDT\", or remove"
                            + " it");
        }
    }
}
