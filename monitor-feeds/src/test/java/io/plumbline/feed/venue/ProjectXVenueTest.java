package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.venue.Dialogue.Control;
import io.plumbline.feed.venue.Dialogue.Control.Kind;
import io.plumbline.feed.venue.Dialogue.Request;
import io.plumbline.feed.venue.Venue.Access;
import io.plumbline.feed.venue.Venue.ConnectionPlan;
import io.plumbline.feed.venue.Venue.Reference;
import io.plumbline.market.Channel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectXVenueTest {
    private static final String END = "\u001e";

    private final Venue projectx = Venues.find("projectx");

    @ParameterizedTest
    @CsvSource({
        "MNQ/USD:USD-2609, CON.F.US.MNQ.U26",
        "NQ/USD:USD-2609, CON.F.US.ENQ.U26",
        "ES/USD:USD-2612, CON.F.US.EP.Z26",
        "6J/USD:USD-2609, CON.F.US.JY6.U26",
        "6E/USD:USD-2703, CON.F.US.EU6.H27",
        "M2K/USD:USD-2606, CON.F.US.M2K.M26",
        "CL/USD:USD-2610, CON.F.US.CLE.V26",
        "ZN/USD:USD-2701, CON.F.US.TYA.F27",
    })
    void shouldNameContractsBothWays(final String symbol, final String contract) {
        assertEquals(contract, projectx.toVenueSymbol(symbol));
        assertEquals(symbol, projectx.toSymbol(contract));
        assertEquals(contract, projectx.toVenueSymbol(contract), "its id is a symbol too");
    }

    @ParameterizedTest
    @CsvSource({
        "MNQ/USD:USD-260918, CON.F.US.MNQ.U26",
        "MNQ/USD:USD-260930, CON.F.US.MNQ.U26",
        "ENQ/USD:USD-2609, CON.F.US.ENQ.U26",
        "CON.F.EU.FDAX.U26, CON.F.EU.FDAX.U26",
    })
    void shouldUnderstandOtherFormsToo(final String symbol, final String contract) {
        assertEquals(contract, projectx.toVenueSymbol(symbol));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MNQ/USD",
                "MNQ/USD:USD",
                "MNQ/USD:USD-2613",
                "MNQ/USD:USD-260932",
                "MNQ/USDT:USDT-2609",
                "mnq/USD:USD-2609",
                "币安人生/USD:USD-2609",
                "CON.F.US.MNQ.u26",
                "MNQU6",
                "",
            })
    void shouldSayWhatFormASymbolShouldHave(final String symbol) {
        final IllegalArgumentException unfit =
                assertThrows(IllegalArgumentException.class, () -> projectx.toVenueSymbol(symbol));
        assertTrue(unfit.getMessage().contains("MNQ/USD:USD-2609"), unfit.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CON.F.US.MNQ", "CON.F.EU.FDAX.U26", "MNQU6", "币安人生"})
    void shouldLeaveNamesThatCannotBeSplit(final String contract) {
        assertEquals(contract, projectx.toSymbol(contract));
    }

    @Test
    void shouldPlanOneStreamOfQuotesForTwoChannels() {
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "market",
                                URI.create("wss://rtc.topstepx.com/hubs/market"),
                                List.of(
                                        "Quotes:CON.F.US.MNQ.U26",
                                        "Trades:CON.F.US.MNQ.U26",
                                        "MarketDepth:CON.F.US.MNQ.U26"))),
                projectx.plan(List.of("CON.F.US.MNQ.U26"), projectx.channels(), null));
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "market",
                                URI.create("ws://127.0.0.1:9/hubs/market"),
                                List.of("Quotes:CON.F.US.EP.Z26"))),
                projectx.plan(
                        List.of("CON.F.US.EP.Z26"),
                        EnumSet.of(Channel.TICKER),
                        URI.create("ws://127.0.0.1:9")));
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        projectx.plan(
                                                List.of("CON.F.US.EP.Z26"),
                                                EnumSet.of(Channel.AGG_TRADE),
                                                null))
                        .getMessage()
                        .contains("aggTrade"));
    }

    @Test
    void shouldShakeHandsBeforeAnythingElse() {
        final Dialogue dialogue = projectx.dialogue();
        assertEquals(
                List.of(
                        new Request("{\"protocol\":\"json\",\"version\":1}" + END, 1, true),
                        Request.of(
                                "{\"type\":1,\"invocationId\":\"2\",\"target\":"
                                        + "\"SubscribeContractQuotes\",\"arguments\":["
                                        + "\"CON.F.US.MNQ.U26\"]}"
                                        + END),
                        Request.of(
                                "{\"type\":1,\"invocationId\":\"3\",\"target\":"
                                        + "\"SubscribeContractMarketDepth\",\"arguments\":["
                                        + "\"CON.F.US.MNQ.U26\"]}"
                                        + END)),
                dialogue.requests(
                        List.of("Quotes:CON.F.US.MNQ.U26", "MarketDepth:CON.F.US.MNQ.U26")));
        assertNull(dialogue.ping(), "WebSocket's own ping is answered");
        assertEquals("{\"type\":6}" + END, dialogue.keepAlive());
    }

    @Test
    void shouldReadWhatIsSaidOfTheConnection() {
        final Dialogue dialogue = projectx.dialogue();
        assertEquals(
                List.of(
                        new Control(Kind.ACK, 1, ""),
                        new Control(Kind.ACK, 2, ""),
                        new Control(Kind.ERROR, 3, "no contract"),
                        new Control(Kind.HEARTBEAT, -1, ""),
                        new Control(Kind.HEARTBEAT, -1, ""),
                        new Control(Kind.SHUTDOWN, -1, "Connection closed with an error."),
                        new Control(Kind.SHUTDOWN, -1, "the hub closes"),
                        new Control(Kind.ERROR, 1, "The protocol is not supported."),
                        new Control(Kind.OTHER, -1, "{}"),
                        new Control(Kind.OTHER, -1, "{\"type\":8,\"sequenceId\":1}"),
                        new Control(Kind.OTHER, -1, "hello")),
                Stream.of(
                                "{}",
                                "{\"type\":3,\"invocationId\":\"2\",\"result\":null}",
                                "{\"type\":3,\"invocationId\":\"3\",\"error\":\"no contract\"}",
                                "{\"type\":6}",
                                "{ \"type\" : 6 }",
                                "{\"type\":7,\"error\":\"Connection closed with an error.\","
                                        + "\"allowReconnect\":true}",
                                "{\"type\":7}",
                                "{\"error\":\"The protocol is not supported.\"}",
                                "{}",
                                "{\"type\":8,\"sequenceId\":1}",
                                "hello")
                        .map(record -> dialogue.control(head(record)))
                        .toList());
        assertNull(
                dialogue.control(head("{\"type\":1,\"target\":\"GatewayQuote\",\"arguments\":[")));
        assertNull(dialogue.control(head("{\"target\":\"GatewayTrade\",\"type\":1}")));
    }

    @Test
    void shouldTellTheRecordsOfAFrameApart() {
        final Dialogue dialogue = projectx.dialogue();
        final ByteBuffer frame = head("{}" + END + "{\"type\":6}" + END + "{\"ty");
        assertEquals(3, dialogue.recordLength(frame));
        assertEquals(11, dialogue.recordLength(frame.position(3)));
        assertEquals(4, dialogue.recordLength(frame.position(14)), "the end of a torn one");
        assertEquals(0, dialogue.recordLength(frame.position(18)));
    }

    @Test
    void shouldNameTheStreamOfARecord() {
        final Dialogue dialogue = projectx.dialogue();
        dialogue.requests(List.of("Quotes:CON.F.US.MNQ.U26", "MarketDepth:CON.F.US.MNQ.U26"));
        assertEquals(
                "Quotes:CON.F.US.MNQ.U26",
                dialogue.streamOf(
                        head(
                                "{\"type\":1,\"target\":\"GatewayQuote\",\"arguments\":["
                                        + "\"CON.F.US.MNQ.U26\",{\"sym")));
        assertEquals(
                "MarketDepth:CON.F.US.MNQ.U26",
                dialogue.streamOf(
                        head(
                                "{\"arguments\":[\"CON.F.US.MNQ.U26\",[]],\"target\":"
                                        + "\"GatewayMarketDepth\",\"type\":1}")));
        assertNull(
                dialogue.streamOf(
                        head(
                                "{\"type\":1,\"target\":\"GatewayTrade\",\"arguments\":["
                                        + "\"CON.F.US.MNQ.U26\",[]]}")));
        assertNull(dialogue.streamOf(head("{\"type\":1,\"tar")));
    }

    @Test
    void shouldReadTickSizes() throws IOException {
        final String body =
                "{\"contracts\":[{\"id\":\"CON.F.US.JY6.U26\",\"name\":\"6JU6\",\"description\":\"Japanese"
                    + " Yen (Globex): September 2026\",\"tickSize\":5E-07,\"tickValue\":"
                    + "6.25,\"activeContract\":true,\"symbolId\":\"F.US.JY6\"},{\"id\":"
                    + "\"CON.F.US.FVA.U26\",\"name\":\"ZFU6\",\"tickSize\":0.0078125},{\"id\":"
                    + "\"CON.F.US.XYZ.U26\",\"name\":\"NEWU6\",\"tickSize\":1}],\"success\":true,"
                    + "\"errorCode\":0,\"errorMessage\":null}";
        assertEquals(
                List.of(
                        new Reference("CON.F.US.JY6.U26", "5E-07", "6J/USD:USD-2609"),
                        new Reference("CON.F.US.FVA.U26", "0.0078125", "ZF/USD:USD-2609"),
                        new Reference("CON.F.US.XYZ.U26", "1", "NEW/USD:USD-2609")),
                projectx.references(null, stream(body)).listed());
        assertEquals(
                "the list of contracts is refused: error 3 no session",
                assertThrows(
                                IOException.class,
                                () ->
                                        projectx.references(
                                                null,
                                                stream(
                                                        "{\"contracts\":[],\"success\":false,"
                                                            + "\"errorCode\":3,\"errorMessage\":\"no"
                                                            + " session\"}")))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"contracts\":1}", "{\"contracts\":[{\"id\":"})
    void shouldSayThatAListOfContractsIsNone(final String body) {
        assertThrows(IOException.class, () -> projectx.references(null, stream(body)));
    }

    @Test
    void shouldShowItsTokenToTheVenueAlone() {
        assertTrue(projectx.needsToken());
        assertFalse(projectx.snapshotsOnSubscribe(), "a fresh connection would heal no book");
        final Access access = projectx.access("abc.d-e_f+/=");
        assertEquals(
                URI.create("wss://rtc.topstepx.com/hubs/market?access_token=abc.d-e_f%2B%2F%3D"),
                access.enter(URI.create("wss://rtc.topstepx.com/hubs/market")));
        final RestRequest request =
                projectx.referenceRequests(URI.create("http://127.0.0.1:9"), access).get(0);
        assertEquals(URI.create("http://127.0.0.1:9/api/Contract/available"), request.uri());
        assertEquals("{\"live\":false}", request.body());
        assertEquals("Bearer abc.d-e_f+/=", request.headers().get("Authorization"));
        assertFalse((request + " " + access).contains("abc"));
        assertEquals("HTTP 401: no *** here", access.hide("HTTP 401: no abc.d-e_f+/= here"));
        assertEquals("said", Access.NONE.hide("said"));
        final Access longer = projectx.access("0123456789abcdefghij");
        assertEquals(
                "a ***x ***-",
                longer.hide("a 0123456789abcdefghijx 0123456789abcd-"),
                "what was cut off is hidden as well");
        assertEquals("0123456789a", longer.hide("0123456789a"), "no more than its kind");
    }

    private static ByteArrayInputStream stream(final String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer head(final String frame) {
        return ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8));
    }
}
