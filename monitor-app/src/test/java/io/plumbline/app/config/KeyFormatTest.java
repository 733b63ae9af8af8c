package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFormatTest {
    @Test
    void formats() {
        assertEquals(new KeyFormat(KeyFormat.Kind.PLAIN, "", "", ""), KeyFormat.parse("plain"));
        assertEquals(
                new KeyFormat(KeyFormat.Kind.JSON, "data.p", "", ""),
                KeyFormat.parse("json:data.p"));
        assertEquals(
                new KeyFormat(KeyFormat.Kind.HASH, "price", "u", "E"),
                KeyFormat.parse("hash:price,time=E,seq=u"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "json:p",
                "hash:p,seq=u",
                "json:a.b,seq=u,time=E",
                "json:.",
                "msgpack:d.0.p,time=E"
            })
    void shouldPrintWhatItRead(final String text) {
        assertEquals(text, KeyFormat.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "json",
                "json:",
                "xml:p",
                "Plain",
                "plain,seq=u",
                "json:p,seq=",
                "json:p,sq=u",
                "json:p,seq=u,seq=v",
                "json:.p",
                "json:a..b",
                "json:p.",
                "msgpack",
                "msgpack:..",
                "json:p, time=E"
            })
    void shouldRefuseTheRest(final String text) {
        assertThrows(BadValue.class, () -> KeyFormat.parse(text));
    }
}
