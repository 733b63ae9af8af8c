package io.plumbline.app.template;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with places for words: {@code {{summary}}}, cut to so many characters by {@code
 * {{summary|130}}}. Immutable; its own text may be a secret and is never shown.
 */
public final class Template {
    private static final Pattern PLACE =
            Pattern.compile("\\{\\{\\s*(\\w+)\\s*(?:\\|\\s*(\\d{1,6})\\s*)?}}");

    /** Literal text and the word after it; the last part has none. */
    private record Part(String before, Word word, int longest) {}

    private final List<Part> parts;

    private Template(final List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException naming what is wrong, without the text
     */
    public static Template parse(final String text) {
        final List<Part> parts = new ArrayList<>();
        final Matcher place = PLACE.matcher(text);
        int from = 0;
        while (place.find()) {
            final int longest =
                    place.group(2) == null ? Integer.MAX_VALUE : Integer.parseInt(place.group(2));
            parts.add(literal(text.substring(from, place.start()), word(place.group(1)), longest));
            from = place.end();
        }
        parts.add(literal(text.substring(from), null, 0));
        return new Template(parts);
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException the same
     */
    public static Template parseUrl(final String text) {
        final Template template = parse(text);
        if (template.parts.stream().anyMatch(part -> part.word != null && part.word.isJson())) {
            throw new IllegalArgumentException("holds {{finding}}, which no address can");
        }
        template.exampleUri();
        return template;
    }

    private static Part literal(final String before, final Word word, final int longest) {
        if (before.contains("{{")) {
            throw new IllegalArgumentException(
                    "has \"{{\" without a word; write {{summary}} or {{summary|130}}");
        }
        return new Part(before, word, longest);
    }

    private static Word word(final String label) {
        for (final Word word : Word.values()) {
            if (word.label().equals(label)) {
                return word;
            }
        }
        throw new IllegalArgumentException(
                "has the unknown word {{"
                        + label
                        + "}}; there are "
                        + Arrays.stream(Word.values())
                                .map(Word::label)
                                .collect(Collectors.joining(", ")));
    }

    /**
     * The text with its words filled in.
     *
     * @param coding makes a word fit for where it stands; not applied to JSON
     */
    public String fill(final Function<Word, String> values, final UnaryOperator<String> coding) {
        final StringBuilder out = new StringBuilder();
        for (final Part part : parts) {
            out.append(part.before);
            if (part.word != null) {
                final String value = values.apply(part.word);
                out.append(part.word.isJson() ? value : coding.apply(cut(value, part.longest)));
            }
        }
        return out.toString();
    }

    /** The URL with an x for every word: scheme, host and the literal parts of its path. */
    public URI exampleUri() {
        try {
            return URI.create(fill(word -> "x", UnaryOperator.identity()));
        } catch (final IllegalArgumentException malformed) {
            throw new IllegalArgumentException("is no address once its words are filled in");
        }
    }

    private static String cut(final String text, final int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest));
    }

    @Override
    public String toString() {
        return "***";
    }
}
