package io.plumbline.app.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import java.io.IOException;
import java.io.Writer;

/**
 * JSON that may stand within HTML: {@code <}, {@code >} and {@code &} are written by their numbers,
 * so nothing in it can end the block or begin a comment. Times are whole microseconds, which a
 * browser's numbers hold exactly.
 */
final class ReportJson {
    private static final long MICRO_NS = 1_000L;

    private static final JsonFactory FACTORY = new JsonFactory();

    private ReportJson() {}

    /** A generator that leaves {@code out} open. */
    static JsonGenerator into(final Writer out) throws IOException {
        return FACTORY.createGenerator(out)
                .setCharacterEscapes(new WithinHtml())
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /** A time, or null where it is not known. */
    static void time(final JsonGenerator json, final String name, final long epochNs)
            throws IOException {
        if (epochNs == Long.MIN_VALUE || epochNs == Long.MAX_VALUE) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, Math.floorDiv(epochNs, MICRO_NS));
        }
    }

    private static final class WithinHtml extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        private final int[] ascii = standardAsciiEscapesForJSON();

        WithinHtml() {
            ascii['<'] = ESCAPE_STANDARD;
            ascii['>'] = ESCAPE_STANDARD;
            ascii['&'] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public SerializableString getEscapeSequence(final int character) {
            return null;
        }
    }
}
