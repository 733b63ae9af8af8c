package io.plumbline.app.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The parts of cases and silences that no query looks at, as JSON in one column. Any thread. */
final class KeptJson {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private KeptJson() {}

    static String text(final Record part) {
        try {
            return MAPPER.writeValueAsString(part);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("a record of texts and numbers has its JSON", e);
        }
    }

    /** What {@code text} says, or {@code otherwise} where another version wrote it. */
    static <T> T read(final String text, final Class<T> as, final T otherwise) {
        try {
            return text.isEmpty() ? otherwise : MAPPER.readValue(text, as);
        } catch (final JsonProcessingException e) {
            return otherwise;
        }
    }
}
