package io.plumbline.app.config;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The types of values that the configuration has, each with its limits and its error. */
final class Values {
    private static final int LONGEST_TEXT = 4_096;
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,2})%");
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,6}(\\.\\d{1,6})?");

    private Values() {}

    /** Any text but the empty one. */
    static String text(final String text) {
        if (text.isBlank()) {
            throw new BadValue("is empty; write a text or remove the key");
        }
        if (text.length() > LONGEST_TEXT) {
            throw new BadValue("is longer than " + LONGEST_TEXT + " characters; shorten it");
        }
        return text;
    }

    static ValueReader<Boolean> bool() {
        return text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw new BadValue("is no boolean; write true or false");
            }
            return text.equals("true");
        };
    }

    static ValueReader<Integer> integer(final int least, final int most) {
        return text -> {
            if (!INTEGER.matcher(text).matches()) {
                throw new BadValue("is no whole number; write one from " + least + " to " + most);
            }
            final long value = Long.parseLong(text);
            if (value < least || value > most) {
                throw new BadValue("is out of range; write a number from " + least + " to " + most);
            }
            return (int) value;
        };
    }

    static ValueReader<Duration> duration(final String least, final String most) {
        final Duration lower = Durations.parse(least);
        final Duration upper = Durations.parse(most);
        return text -> {
            final Duration value = Durations.parse(text);
            if (value.compareTo(lower) < 0 || value.compareTo(upper) > 0) {
                throw new BadValue(
                        "is out of range; write a duration from " + least + " to " + most);
            }
            return value;
        };
    }

    static ValueReader<Long> size(final String least, final String most) {
        final long lower = Sizes.parse(least);
        final long upper = Sizes.parse(most);
        return text -> {
            final long value = Sizes.parse(text);
            if (value < lower || value > upper) {
                throw new BadValue("is out of range; write a size from " + least + " to " + most);
            }
            return value;
        };
    }

    /** Whole percents, 0% to 99%. */
    static int percent(final String text) {
        final var form = PERCENT.matcher(text);
        if (!form.matches()) {
            throw new BadValue("is no percentage; write a whole one from 0% to 99%");
        }
        return Integer.parseInt(form.group(1));
    }

    /** A decimal of at least zero, without trailing zeros. */
    static BigDecimal decimal(final String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new BadValue("is no decimal number; write digits, for example 2.5");
        }
        final BigDecimal value = new BigDecimal(text);
        return value.signum() == 0
                ? BigDecimal.ZERO
                : new BigDecimal(value.stripTrailingZeros().toPlainString());
    }

    static Path path(final String text) {
        try {
            return Path.of(text(text));
        } catch (final InvalidPathException e) {
            throw new BadValue("is no path (" + e.getReason() + "); write a file name");
        }
    }

    /** A URI with one of {@code schemes} and a host, without user, query and fragment. */
    static ValueReader<URI> uri(final String... schemes) {
        return text -> {
            final URI uri = anyUri(text, schemes);
            if (uri.getRawUserInfo() != null) {
                throw new BadValue("carries a user or password; remove them from the address");
            }
            if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw new BadValue("has a query or fragment; write the address up to its path");
            }
            return uri;
        };
    }

    /** A URI with one of {@code schemes} and a host. */
    static URI anyUri(final String text, final String... schemes) {
        final String example = "; write " + schemes[0] + "://HOST:PORT";
        try {
            final URI uri = new URI(text);
            if (uri.getScheme() == null || !List.of(schemes).contains(uri.getScheme())) {
                throw new BadValue(
                        "does not begin with " + String.join(":// or ", schemes) + "://" + example);
            }
            if (uri.getHost() == null || uri.getPort() > 65_535 || uri.getPort() == 0) {
                throw new BadValue("has no valid host and port" + example);
            }
            return uri;
        } catch (final URISyntaxException e) {
            throw new BadValue("is no address (character " + (e.getIndex() + 1) + ")" + example);
        }
    }

    /** One of {@code options}. */
    static <T> ValueReader<T> choice(final String what, final Map<String, T> options) {
        return text -> {
            final T value = options.get(text);
            if (value == null) {
                throw new BadValue("is no " + what + "; " + Nearest.advice(text, options.keySet()));
            }
            return value;
        };
    }

    /** One of {@code values}, in their order, by their label. */
    static <T> ValueReader<T> choice(
            final String what, final List<T> values, final Function<T, String> label) {
        final Map<String, T> options = new LinkedHashMap<>();
        values.forEach(value -> options.put(label.apply(value), value));
        return choice(what, options);
    }
}
