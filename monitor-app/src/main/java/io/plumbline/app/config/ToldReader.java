package io.plumbline.app.config;

import io.plumbline.feed.redis.KeyPattern;
import io.plumbline.market.Rung;
import java.util.List;

/** How a Redis tells of every write with its value. */
final class ToldReader {
    private ToldReader() {}

    /**
     * @param rung the one that is asked for; NONE for the best
     * @param rules whose pattern makes a key of a symbol
     */
    static ToldConfig read(final YamlMap at, final Rung rung, final List<KeyRule> rules) {
        final ToldConfig told =
                new ToldConfig(
                        at.value("replicationTap", rung == Rung.REPLICATION, Values.bool()),
                        source(at, "writerStream", rules),
                        source(at, "writerChannel", rules));
        if (rung == Rung.STREAM && told.stream() == null) {
            at.problem("rung", "is stream, but no `writerStream` says which");
        }
        if (rung == Rung.CHANNEL && told.channel() == null) {
            at.problem("rung", "is channel, but no `writerChannel` says which");
        }
        if (rung == Rung.REPLICATION && !told.replicationTap()) {
            at.problem("replicationTap", "is false, but `rung` is replication; remove one");
        }
        return told;
    }

    private static ToldConfig.Source source(
            final YamlMap server, final String which, final List<KeyRule> rules) {
        if (!server.given(which)) {
            return null;
        }
        final YamlMap at = server.map(which);
        final String symbol = at.value("symbol", "", Values::text);
        final String key = at.value("key", "", Values::text);
        if (symbol.isEmpty() == key.isEmpty()) {
            at.problem(
                    "symbol",
                    "give either `symbol`, the field of the ccxt symbol, or `key`, the field of the"
                            + " key's name");
        }
        final ToldConfig.Source source =
                new ToldConfig.Source(
                        at.required("name", "pms:prices", "?", Values::text),
                        key,
                        symbol,
                        symbol.isEmpty()
                                ? ""
                                : at.value("pattern", only(rules), ToldReader::pattern),
                        at.value("value", "value", Values::text),
                        at.value("sequence", "", Values::text),
                        at.value("perKey", false, Values.bool()));
        if (!symbol.isEmpty() && source.pattern().isEmpty()) {
            at.missing("pattern", "\"pms:price:{symbol}\"");
        }
        at.done();
        return source;
    }

    private static String pattern(final String text) {
        try {
            return KeyPattern.parse(text).toString();
        } catch (final IllegalArgumentException wrong) {
            throw new BadValue("must hold {symbol} once; write \"pms:price:{symbol}\"");
        }
    }

    /** The pattern of all rules, "" where they have several or none that makes one key. */
    private static String only(final List<KeyRule> rules) {
        final List<String> patterns = rules.stream().map(KeyRule::pattern).distinct().toList();
        final boolean usable =
                patterns.size() == 1
                        && patterns.get(0).indexOf(KeyRule.SYMBOL) >= 0
                        && patterns.get(0).indexOf(KeyRule.SYMBOL)
                                == patterns.get(0).lastIndexOf(KeyRule.SYMBOL);
        return usable ? patterns.get(0) : "";
    }
}
