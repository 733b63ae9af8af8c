package io.plumbline.market.naming;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The watched keys of one Redis by every name that a writer may give them by mistake: the symbol as
 * some venue writes it, without its settlement, with other separators or case, the prefix cut or
 * doubled. A name that is watched itself is never meant to be another; a short one tells nothing.
 * Built at start, then read by any thread.
 */
public final class KeyNames {
    /** The longest name that is looked at. */
    public static final int LONGEST = 256;

    /** Fewer letters and digits than this name no instrument, and without a prefix even less. */
    private static final int SHORTEST = 5;

    private static final int SHORTEST_WITHOUT_PREFIX = 6;

    private static final String SEPARATORS = "[^\\p{L}\\p{N}]+";

    /** A way of writing a symbol. */
    public record Form(String symbol, String whose) {}

    /** What a symbol in a bare form may stand for. */
    private record Reading(List<Integer> keys, String whose) {}

    /** A prefix as it may be written by mistake. */
    private record Prefix(String bare, String mistake, boolean missing) {}

    /** All keys of one pattern. */
    private static final class Family {
        final List<Prefix> prefixes = new ArrayList<>();
        final String suffix;
        final Map<String, Reading> symbols = new HashMap<>();

        Family(final String prefix, final String suffix) {
            this.suffix = Spelling.bare(suffix);
            final List<String> parts = new ArrayList<>();
            for (final String part : Spelling.plain(prefix).split(SEPARATORS)) {
                if (!part.isEmpty()) {
                    parts.add(part);
                }
            }
            final String whole = String.join("", parts);
            prefixes.add(new Prefix(whole, "", false));
            if (parts.isEmpty()) {
                return;
            }
            prefixes.add(new Prefix(whole + whole, "the prefix twice", false));
            if (parts.size() > 1) {
                prefixes.add(new Prefix(parts.get(0) + whole, "the prefix twice", false));
                prefixes.add(
                        new Prefix(whole + parts.get(parts.size() - 1), "the prefix twice", false));
            }
            for (int i = 1; i < parts.size(); i++) {
                prefixes.add(
                        new Prefix(
                                String.join("", parts.subList(i, parts.size())),
                                "a part of the prefix is missing",
                                true));
            }
            prefixes.add(new Prefix("", "the prefix is missing", true));
        }
    }

    private final Map<String, Integer> exact = new HashMap<>();

    /** Right names of the spot pairs of watched derivatives. */
    private final Set<String> spot = new HashSet<>();

    private final Map<String, List<Integer>> plain = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<List<String>, Family> families = new LinkedHashMap<>();

    /**
     * Adds a watched key; ids are dense.
     *
     * @param symbol the symbol as it stands in the name
     * @param forms other ways of writing it
     */
    public void add(final String name, final String symbol, final List<Form> forms) {
        final int id = names.size();
        names.add(name);
        exact.put(name, id);
        plain.computeIfAbsent(Spelling.plain(name), same -> new ArrayList<>()).add(id);
        final int at = name.indexOf(symbol);
        if (at < 0 || symbol.isEmpty()) {
            return;
        }
        final String prefix = name.substring(0, at);
        final String suffix = name.substring(at + symbol.length());
        final int settlement = symbol.indexOf(':');
        if (settlement >= 0) {
            spot.add(prefix + symbol.substring(0, settlement) + suffix);
        }
        final Family family =
                families.computeIfAbsent(
                        List.of(prefix, suffix), parts -> new Family(prefix, suffix));
        put(family, symbol, "", id);
        forms.forEach(form -> put(family, form.symbol(), form.whose(), id));
    }

    private static void put(
            final Family family, final String symbol, final String whose, final int id) {
        final String bare = Spelling.bare(symbol);
        if (bare.length() < SHORTEST) {
            return;
        }
        final Reading reading =
                family.symbols.computeIfAbsent(bare, b -> new Reading(new ArrayList<>(), whose));
        if (!reading.keys.contains(id)) {
            reading.keys.add(id);
        }
    }

    public int size() {
        return names.size();
    }

    /** The right name of a key. */
    public String name(final int id) {
        return names.get(id);
    }

    /** The id of the watched key of exactly this name, or -1. */
    public int find(final String name) {
        return exact.getOrDefault(name, -1);
    }

    /** What this name was meant to be; null where it is watched itself or nobody can tell. */
    public Meant meant(final String name) {
        if (name.length() > LONGEST || exact.containsKey(name)) {
            return null;
        }
        final List<Integer> same = plain.get(Spelling.plain(name));
        if (same != null) {
            return new Meant(same, looks(name, names.get(same.get(0))), false);
        }
        final String bare = Spelling.bare(name);
        Meant doubtful = null;
        for (final Family family : families.values()) {
            for (final Prefix prefix : family.prefixes) {
                final Meant meant = meant(bare, family, prefix, spot.contains(name));
                if (meant != null && !meant.doubtful()) {
                    return meant;
                }
                doubtful = doubtful == null ? meant : doubtful;
            }
        }
        return doubtful;
    }

    private static Meant meant(
            final String bare,
            final Family family,
            final Prefix prefix,
            final boolean isOtherInstrument) {
        final int shortest = prefix.missing ? SHORTEST_WITHOUT_PREFIX : SHORTEST;
        final int length = bare.length() - prefix.bare.length() - family.suffix.length();
        if (length < shortest || !bare.startsWith(prefix.bare) || !bare.endsWith(family.suffix)) {
            return null;
        }
        final int from = prefix.bare.length();
        final Reading reading = family.symbols.get(bare.substring(from, from + length));
        if (reading == null) {
            return null;
        }
        final Set<String> differences = new TreeSet<>();
        if (!prefix.mistake.isEmpty()) {
            differences.add(prefix.mistake);
        }
        if (!reading.whose.isEmpty()) {
            differences.add(reading.whose);
        }
        return new Meant(
                reading.keys,
                differences.isEmpty() ? "other separators" : String.join(", ", differences),
                isOtherInstrument || prefix.missing && prefix.bare.isEmpty());
    }

    /** How two names differ that look the same. */
    private static String looks(final String name, final String right) {
        if (name.strip().equals(right)) {
            return "white space";
        }
        final String unescaped = Spelling.unescaped(name);
        if (!unescaped.equals(name)) {
            return "URL-escaped";
        }
        if (name.equalsIgnoreCase(right)) {
            return "upper and lower case";
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) > 127 && right.indexOf(name.charAt(i)) < 0) {
                return String.format(
                        "U+%04X, which looks like something else", name.codePointAt(i));
            }
        }
        return "quotes, white space or other control characters";
    }
}
