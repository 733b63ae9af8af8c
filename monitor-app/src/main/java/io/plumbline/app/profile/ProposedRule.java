package io.plumbline.app.profile;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.KeyRule;
import io.plumbline.app.config.YamlText;
import io.plumbline.market.Instruments.Instrument;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** One rule for keys that differ in their symbol only. */
final class ProposedRule {
    private static final long MS = 1_000_000L;
    private static final long SECOND_NS = 1_000 * MS;
    private static final long LEAST_BUDGET_NS = 250 * MS;
    private static final long BUDGET_STEP_NS = 50 * MS;

    private final List<KeyProfile> keys;
    private final String pattern;
    private final KeyProfile.Match first;
    private final boolean whole;
    private final long[] writesNs;
    private String writer = "default";

    /**
     * @param keys of one {@link #kind}
     */
    ProposedRule(final List<KeyProfile> keys, final Config asked) {
        this.keys = List.copyOf(keys);
        first = keys.get(0).best();
        pattern = pattern(keys.get(0), asked);
        whole =
                pattern.contains(KeyRule.SYMBOL)
                        && symbols().containsAll(asked.venue(first.instrument().venue()).symbols());
        writesNs = keys.stream().flatMapToLong(k -> Arrays.stream(k.writesNs())).sorted().toArray();
    }

    /** What keys of one rule have in common. */
    static String kind(final KeyProfile key, final Config asked) {
        return String.join(
                "\n",
                key.redis(),
                pattern(key, asked),
                key.best().instrument().venue(),
                key.best().field().label(),
                key.format().toString());
    }

    /**
     * The key's name with {symbol} for its symbol, where that is the longest one that it spells.
     */
    private static String pattern(final KeyProfile key, final Config asked) {
        final String symbol = key.best().instrument().symbol();
        final String spelt =
                asked.venues().stream()
                        .flatMap(venue -> venue.symbols().stream())
                        .filter(each -> KeyNames.spells(key.key(), each))
                        .max(Comparator.comparingInt(String::length))
                        .orElse("");
        final int at = key.key().indexOf(symbol);
        return symbol.equals(spelt) && key.key().indexOf(symbol, at + 1) < 0
                ? key.key().substring(0, at)
                        + KeyRule.SYMBOL
                        + key.key().substring(at + symbol.length())
                : key.key();
    }

    String redis() {
        return keys.get(0).redis();
    }

    /** What the pattern says beside the symbol, for the name of a writer. */
    String words() {
        return pattern.replace(KeyRule.SYMBOL, "")
                .replaceAll("[^A-Za-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    long[] writesNs() {
        return writesNs;
    }

    void writtenBy(final String name) {
        writer = name;
    }

    String writer() {
        return writer;
    }

    private List<String> symbols() {
        return keys.stream().map(key -> key.best().instrument().symbol()).toList();
    }

    void append(final StringBuilder out) {
        evidence(out);
        out.append("      - pattern: ").append(YamlText.quoted(pattern)).append('\n');
        line(out, "venue", first.instrument().venue());
        if (!whole) {
            line(
                    out,
                    "symbols",
                    symbols().stream()
                            .map(YamlText::quoted)
                            .collect(Collectors.joining(", ", "[", "]")));
        }
        line(out, "reference", first.field().label());
        line(out, "format", YamlText.quoted(keys.get(0).format().toString()));
        line(out, "lagBudget", Proposal.time(budgetNs()));
        line(out, "ttl", "{expected: " + expected() + "}");
        line(out, "writer", YamlText.quoted(writer));
    }

    private static void line(final StringBuilder out, final String name, final String value) {
        out.append("        ").append(name).append(": ").append(value).append('\n');
    }

    private void evidence(final StringBuilder out) {
        int judged = 0;
        int exact = 0;
        int near = 0;
        int ahead = 0;
        long medianNs = 0;
        long sinceNs = 0;
        for (final KeyProfile key : keys) {
            judged += key.best().judged();
            exact += key.best().exact();
            near += key.best().near();
            ahead += key.best().ahead();
            medianNs = Math.max(medianNs, key.best().lagMedianNs());
            sinceNs = Math.max(sinceNs, key.best().sinceMedianNs());
        }
        comment(
                out,
                keys.size()
                        + (keys.size() == 1 ? " key: " : " keys: ")
                        + exact
                        + " of "
                        + judged
                        + " values exactly"
                        + (near > 0 ? ", " + near + " but for float noise" : "")
                        + (ahead > 0 ? ", " + ahead + " before our own feed" : "")
                        + "; lag median "
                        + Proposal.time(medianNs)
                        + " to "
                        + Proposal.time(sinceNs)
                        + ", p99 at least "
                        + Proposal.time(p99Ns()));
        life(out);
        if (!pattern.contains(KeyRule.SYMBOL)) {
            name(out, keys.get(0).key(), first.instrument());
        }
        if (keys.get(0).matches().size() > 1 && keys.get(0).matches().get(1).isSure()) {
            final KeyProfile.Match second = keys.get(0).matches().get(1);
            comment(
                    out,
                    "fits "
                            + second.instrument().venue()
                            + ' '
                            + second.instrument().symbol()
                            + ' '
                            + second.field().label()
                            + " in "
                            + second.share() / 10
                            + " % too: watch longer, or decide");
        }
    }

    private void life(final StringBuilder out) {
        final long without = keys.stream().filter(key -> key.life().without() > 0).count();
        if (without > 0 && hasTtl()) {
            comment(out, "a TTL is set, and lost now and then, in " + without + " of them");
        } else if (without > 0) {
            comment(out, "no TTL: a dead writer leaves the price standing");
        }
    }

    private static void name(final StringBuilder out, final String key, final Instrument meant) {
        final String respelt = KeyNames.respelt(key, meant);
        if (respelt != null && !KeyNames.spells(key, meant.symbol())) {
            comment(out, "the name is in another symbol format: in ccxt's it is " + respelt);
        } else if (!KeyNames.mentions(key, meant)) {
            comment(out, "the name does not say " + meant.symbol() + ", the values do");
        } else {
            comment(out, "the name does not end where " + meant.symbol() + " does");
        }
    }

    private static void comment(final StringBuilder out, final String text) {
        out.append("      # ").append(Proposal.oneLine(text)).append('\n');
    }

    private long p99Ns() {
        return keys.stream().mapToLong(key -> key.best().lagP99Ns()).max().orElse(0);
    }

    /** Twice what was seen, in steps, and never less than the default. */
    private long budgetNs() {
        final long stepped = (2 * p99Ns() + BUDGET_STEP_NS - 1) / BUDGET_STEP_NS * BUDGET_STEP_NS;
        return Math.max(LEAST_BUDGET_NS, stepped);
    }

    private boolean hasTtl() {
        return keys.stream().anyMatch(key -> key.life().with() > 0);
    }

    /** How long, where every write renews it to about the same length; else whether at all. */
    private String expected() {
        if (!hasTtl()) {
            return "false";
        }
        final long longestNs =
                keys.stream().mapToLong(key -> key.life().longestNs()).max().orElse(0);
        final long shortestNs =
                keys.stream()
                        .filter(key -> key.life().with() > 0)
                        .mapToLong(key -> key.life().shortestNs())
                        .min()
                        .orElse(0);
        final long stepNs = longestNs < 10 * SECOND_NS ? 100 * MS : SECOND_NS;
        final long lengthNs = (longestNs + stepNs / 2) / stepNs * stepNs;
        return lengthNs > 0 && shortestNs >= lengthNs / 20 * 19 ? Proposal.time(lengthNs) : "true";
    }
}
