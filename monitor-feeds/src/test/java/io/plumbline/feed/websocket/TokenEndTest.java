package io.plumbline.feed.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndTest {
    /** A token as an issuer makes it, but for its signature. */
    static String token(final String claims) {
        final Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8))
                + '.'
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2lnbmF0dXJl";
    }

    @Test
    void shouldReadTheEndThatATokenTells() {
        assertEquals(
                1_787_178_691L,
                TokenEnd.seconds(token("{\"sub\":\"ü?>\",\"exp\":1787178691,\"iss\":\"x\"}")));
        assertEquals(1_787_178_691L, TokenEnd.seconds(token("{\"exp\":1787178691.5}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iat\":1}",
                "{\"exp\":\"soon\"}",
                "{\"exp\":-5}",
                "{\"exp\":null}",
                "[1]",
                "x",
                ""
            })
    void shouldNotGuessWhereItTellsNone(final String claims) {
        assertEquals(TokenEnd.UNKNOWN, TokenEnd.seconds(token(claims)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque", "a.b", "a.!!.c", "a.b.c.d", ".."})
    void shouldTakeAnythingElseForATokenWithoutAnEnd(final String token) {
        assertEquals(TokenEnd.UNKNOWN, TokenEnd.seconds(token));
    }
}
