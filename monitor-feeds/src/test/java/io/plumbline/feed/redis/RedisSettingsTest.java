package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the address of a Redis is read, and what of it is never shown. */
final class RedisSettingsTest {
    @Test
    void shouldReadAWholeAddress() {
        final RedisSettings settings =
                RedisSettings.parse("rediss://mon:p%40ss:w+rd@redis_1.local:6380/3");
        assertEquals("redis_1.local:6380 db 3", settings.address());
        assertEquals("mon", settings.access().user());
        assertArrayEquals("p@ss:w+rd".toCharArray(), settings.access().password().reveal());
        assertTrue(settings.access().tls());
        assertFalse(settings.toString().contains("p@ss"), settings.toString());
        assertTrue(settings.toString().contains("password=***"), settings.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "redis://localhost,localhost:6379 db 0",
        "redis://localhost/2,localhost:6379 db 2",
        "redis://[::1]:7000,[::1]:7000 db 0",
        "redis://:secret@h:1,h:1 db 0"
    })
    void shouldFillIn(final String uri, final String address) {
        assertEquals(address, RedisSettings.parse(uri).address());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h|begin with redis:// or rediss://",
                "redis://u:hush@h:port|the port 'port' is not a number",
                "redis://u:hush@h:70000|use 1 to 65535",
                "redis://u:hush@h/x|the database 'x' is not a number",
                "redis://u:hush@:1|the host is missing",
                "redis://u:hu%sh@h|write % as %25"
            })
    void shouldNameWhatIsWrongWithoutThePassword(final String uri, final String part) {
        final String message =
                assertThrows(IllegalArgumentException.class, () -> RedisSettings.parse(uri))
                        .getMessage();
        assertTrue(message.contains(part), message);
        assertFalse(message.contains("hu"), message);
    }
}
