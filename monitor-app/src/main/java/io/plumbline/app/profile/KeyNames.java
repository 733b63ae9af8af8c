package io.plumbline.app.profile;

import io.plumbline.market.Field;
import io.plumbline.market.Instruments.Instrument;
import java.util.Locale;
import java.util.stream.Stream;

/** What the name of a key says, in whatever format its symbol is written. */
final class KeyNames {
    private static final int SHORTEST = 5;

    private KeyNames() {}

    /** Whether the instrument's name stands in the key's, in ours, the venue's or another's. */
    static boolean mentions(final String key, final Instrument instrument) {
        final String bare = bare(key);
        return key.contains(instrument.symbol())
                || contains(bare, bare(instrument.venueSymbol()))
                || contains(bare, bare(pair(instrument.symbol())));
    }

    /** Whether it stands there as we write it. */
    static boolean spells(final String key, final String symbol) {
        return key.contains(symbol);
    }

    /** The same in our own form; null where the symbol in it is not to be told. */
    static String respelt(final String key, final Instrument instrument) {
        for (final String form :
                new String[] {
                    instrument.venueSymbol(),
                    pair(instrument.symbol()),
                    pair(instrument.symbol()).replace("/", ""),
                    pair(instrument.symbol()).replace('/', '-'),
                    pair(instrument.symbol()).replace('/', '_')
                }) {
            final int at = key.toLowerCase(Locale.ROOT).indexOf(form.toLowerCase(Locale.ROOT));
            if (at >= 0) {
                return key.substring(0, at)
                        + instrument.symbol()
                        + key.substring(at + form.length());
            }
        }
        return null;
    }

    /** Whether one of its words is the field. */
    static boolean says(final String text, final Field field) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[^a-z]+"))
                .anyMatch(
                        word -> word.equals(field.label()) || word.equals(field.label() + "price"));
    }

    private static boolean contains(final String key, final String symbol) {
        return symbol.length() >= SHORTEST && key.contains(symbol);
    }

    /** Without what is settled and when. */
    private static String pair(final String symbol) {
        final int colon = symbol.indexOf(':');
        return colon < 0 ? symbol : symbol.substring(0, colon);
    }

    private static String bare(final String text) {
        final StringBuilder bare = new StringBuilder(text.length());
        text.codePoints()
                .filter(Character::isLetterOrDigit)
                .map(Character::toUpperCase)
                .forEach(bare::appendCodePoint);
        return bare.toString();
    }
}
