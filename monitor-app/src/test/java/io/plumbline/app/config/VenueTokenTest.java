package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.RepositoryTop;
import io.plumbline.feed.venue.Venues;
import io.plumbline.market.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token of a venue that lets nobody in without one. */
class VenueTokenTest {
    private static final String TOKEN =
            "eyJhbGciOiJIUzI1NiJ9."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString("{\"exp\":9}".getBytes(StandardCharsets.UTF_8))
                    + ".c2lnbmF0dXJl";

    @TempDir private Path folder;

    private static String venue(final String token) {
        return "venues: [{name: gateway, symbols: [CON.MNQ, \"6J/USD:USD-2609\"]" + token + "}]\n";
    }

    @Test
    void shouldTakeItFromTheEnvironmentAndNeverShowIt() throws ConfigException, IOException {
        final ConfigText text = new ConfigText(Map.of("GATEWAY_TOKEN", TOKEN));
        final Config config = text.loader().parse("x.yaml", venue(", token: \"${GATEWAY_TOKEN}\""));
        assertEquals(List.of(), text.warnings.stream().filter(w -> w.contains("token")).toList());
        assertEquals(TOKEN, config.venues().get(0).token().reveal());
        assertEquals(TOKEN, config.venues().get(0).token().readAgain());
        assertEquals(
                List.of(Channel.BOOK_TICKER, Channel.TRADE), config.venues().get(0).channels());
        assertFalse((config + config.toYaml()).contains(TOKEN.substring(0, 16)));
        final Config again = ConfigText.load(config.toYaml());
        assertEquals(List.of("venues[0].token"), again.withheldSecrets());
        assertEquals(config.toYaml(), again.toYaml());
    }

    @Test
    void shouldReadItsFileAnewWheneverAsked() throws ConfigException, IOException {
        final Path file = folder.resolve("token");
        Files.writeString(file, "opaque\n");
        final ConfigText text = new ConfigText(Map.of());
        final Secret token =
                text.loader()
                        .parse("x.yaml", venue(", token: \"${file:" + file + "}\""))
                        .venues()
                        .get(0)
                        .token();
        assertTrue(
                text.warnings.toString().contains("does not say when it ends"),
                text.warnings.toString());
        Files.writeString(file, TOKEN);
        assertEquals(TOKEN, token.readAgain());
        Files.delete(file);
        assertTrue(
                assertThrows(IOException.class, token::readAgain)
                        .getMessage()
                        .contains("is not there"));
        assertEquals("opaque", token.reveal());
    }

    @Test
    void shouldSayWhatIsWrongWithIt() {
        assertEquals(
                List.of(
                        "x.yaml:1:10: venues[0].token: missing; write"
                                + " `token: ${file:/run/secrets/gateway-token}`"),
                ConfigText.problems(venue("")));
        assertEquals(
                List.of(
                        "x.yaml:1:72: venues[0].token: the value is no token: it has white space or"
                                + " other signs in it"),
                ConfigText.problems(venue(", token: \"a b\"")));
        assertEquals(
                List.of("x.yaml:1:51: venues[0].token: spot lets everybody in; remove the key"),
                ConfigText.problems(
                        "venues: [{name: spot, symbols: [BTC/USDT], token: secretive}]\n"));
    }

    /** The sample needs a token of its own, so it does not start as it is. */
    @Test
    void theSampleIsGood() throws ConfigException, IOException {
        final String yaml =
                Files.readString(RepositoryTop.path("config").resolve("examples/projectx.yaml"));
        final ConfigLoader loader =
                new ConfigLoader(
                        List.of(KnownVenue.of(Venues.find("projectx"))),
                        name -> null,
                        warning -> {});
        final Config config =
                loader.parse(
                        "projectx.yaml",
                        yaml.replace("${file:/run/secrets/projectx-token}", TOKEN));
        assertEquals("projectx", config.venues().get(0).name());
        assertEquals(TOKEN, config.venues().get(0).token().reveal());
    }
}
