package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How value formats are written in a configuration. */
final class ValueFormatTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "json:price",
                "json:data.p,seq=u,time=data.E",
                "json:data.0.p",
                "msgpack:data.0.p,seq=u,time=E",
                "msgpack:.",
                "hash:price,time=ts",
                "hash:price,seq=s"
            })
    void shouldPrintAsItWasRead(final String text) {
        assertEquals(text, ValueFormat.parse(text).toString());
    }

    @Test
    void shouldKeepTheParts() {
        assertEquals(
                new ValueFormat(ValueFormat.Kind.JSON, "a.b", "u", "E"),
                ValueFormat.parse("json:a.b,time=E,seq=u"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jsn:price|value format 'jsn:price': use plain, json:<field>, hash:<field> or"
                        + " msgpack:<field>",
                "json:|value format 'json:': a field name is empty",
                "json:a..b|value format 'json:a..b': a field name is empty",
                "hash:p,seq=|value format 'hash:p,seq=': a field name is empty",
                "json:p,sq=u|value format 'json:p,sq=u': 'sq=u' is neither seq=<field> nor"
                        + " time=<field>",
                "json:p,seq=u,seq=v|value format 'json:p,seq=u,seq=v': 'seq=v' is neither"
                        + " seq=<field> nor time=<field>"
            })
    void shouldNameWhatIsWrong(final String text, final String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> ValueFormat.parse(text))
                        .getMessage());
    }
}
