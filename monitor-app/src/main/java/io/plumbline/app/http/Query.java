package io.plumbline.app.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The parameters of one request, all of names that the route knows and each given once. */
final class Query {
    /** More are not even looked at. */
    private static final int MAX_PARAMETERS = 16;

    private final Map<String, List<String>> values;
    private final String target;

    private Query(final Map<String, List<String>> values, final String target) {
        this.values = values;
        this.target = target;
    }

    /** The path of a request target, as it was sent. */
    static String path(final String target) {
        final int end = target.indexOf('?');
        return end < 0 ? target : target.substring(0, end);
    }

    /** Reads the parameters of {@code target}; a route without any ignores what is sent. */
    static Query of(final String target, final List<String> known) throws BadParameter {
        if (known.isEmpty()) {
            return new Query(Map.of(), target);
        }
        final Map<String, List<String>> values;
        try {
            values =
                    new QueryStringDecoder(
                                    target, StandardCharsets.UTF_8, true, MAX_PARAMETERS, true)
                            .parameters();
        } catch (final IllegalArgumentException e) {
            throw new BadParameter("the query is not well-formed: check its % escapes");
        }
        for (final Map.Entry<String, List<String>> value : values.entrySet()) {
            if (!known.contains(value.getKey()) || value.getValue().size() != 1) {
                throw new BadParameter(
                        "this route takes each of these once: " + String.join(", ", known));
            }
        }
        return new Query(values, target);
    }

    /** What stands below {@code path} in the request's path, decoded. */
    String below(final String path) throws BadParameter {
        final String whole = path(target);
        return whole.length() <= path.length() ? "" : decoded(whole.substring(path.length()));
    }

    /** A part of a path without its % escapes. */
    static String decoded(final String part) throws BadParameter {
        try {
            return QueryStringDecoder.decodeComponent(part.replace("+", "%2B"));
        } catch (final IllegalArgumentException e) {
            throw new BadParameter("the path is not well-formed: check its % escapes");
        }
    }

    /** The value of {@code name}, or "" when it is not given. */
    String text(final String name) {
        return values.containsKey(name) ? values.get(name).get(0) : "";
    }

    /** The value of {@code name} as a whole number within bounds, or {@code absent}. */
    int number(final String name, final int absent, final int least, final int most)
            throws BadParameter {
        final String text = text(name);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            final int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (final NumberFormatException e) {
            throw notWithin(name, least, most);
        }
        throw notWithin(name, least, most);
    }

    private static BadParameter notWithin(final String name, final int least, final int most) {
        return new BadParameter(name + " is a whole number from " + least + " to " + most);
    }
}
