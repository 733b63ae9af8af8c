package io.plumbline.feed.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plumbline.feed.venue.Dialogue;
import io.plumbline.feed.venue.Dialogue.Control.Kind;
import io.plumbline.feed.venue.Venue;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a description makes of names, requests, control messages and fields. */
class ConfiguredVenueTest {
    private static final String HEAD =
            "name: desk\nkind: json\nurl: ws://desk:1/x\nsymbols: {template: \"{base}{quote}\"}\n";
    private static final String NONE = "none";
    private static final String BINARY =
            "name: desk\nkind: binary\nurl: ws://desk:1/x\nsymbols: {map: {BTC/USDT: BTC}}\n";

    @ParameterizedTest
    @CsvSource({
        "'{base}-{quote}', spot, upper, BTC/USDT, BTC-USDT",
        "'{base}{quote}', spot, upper, 1000PEPE/USDT, 1000PEPEUSDT",
        "'{base}{quote}', linear, lower, BTC/USDC:USDC, btcusdc",
        "'x.{quote}{base}.p', inverse, upper, BTC/USD:BTC, x.USDBTC.p",
        "'{base}/{quote}', spot, upper, 币安/USDT, 币安/USDT",
        "'{base}/{quote}', spot, upper, GOLD/USD, XAU"
    })
    void shouldNameSymbolsBothWays(
            final String template,
            final String market,
            final String letters,
            final String symbol,
            final String name)
            throws IOException {
        final Venue venue =
                DescribedProvider.venue(
                        "name: desk\nkind: json\nurl: ws://desk:1/x\nmessages: "
                                + "[{channel: ticker, symbol: s, price: p}]\n"
                                + "symbols: {template: \""
                                + template
                                + "\", market: "
                                + market
                                + ", letters: "
                                + letters
                                + ", quotes: [USD, USDT, USDC], map: {GOLD/USD: XAU}}\n");
        assertEquals(name, venue.toVenueSymbol(symbol));
        assertEquals(symbol, venue.toSymbol(name));
        assertEquals("ABC", venue.toSymbol("ABC"));
        assertThrows(IllegalArgumentException.class, () -> venue.toVenueSymbol("BTC"));
        assertThrows(IllegalArgumentException.class, () -> venue.toVenueSymbol("A/B:C-260327"));
    }

    @Test
    void shouldSpreadStreamsAndAskForEachOnce() throws IOException {
        final Venue venue =
                DescribedProvider.venue(
                        HEAD
                                + "subscribe:\n"
                                + "- {send: hello, answered: false}\n"
                                + "- {send: '{id} {symbols}', channels: [bookTicker]}\n"
                                + "- {send: '{id} {symbol}', channels: [trade]}\n"
                                + "ack: {when: {ok: true}}\n"
                                + "limits: {streamsPerConnection: 3}\n"
                                + "messages:\n"
                                + "- {channel: bookTicker, when: {t: q}, symbol: s, bid: b}\n"
                                + "- {channel: trade, when: {t: t}, symbol: s, price: p}\n");
        final List<Venue.ConnectionPlan> plans =
                venue.plan(
                        List.of("AB", "C\"D"),
                        EnumSet.of(Channel.TRADE, Channel.BOOK_TICKER),
                        URI.create("ws://localhost:7"));
        assertEquals(List.of("trade:AB", "bookTicker:AB", "trade:C\"D"), plans.get(0).streams());
        assertEquals("main-2", plans.get(1).connection());
        assertEquals(URI.create("ws://localhost:7/x"), plans.get(1).uri());
        assertEquals(
                List.of("hello 0", "2 [\"AB\"] 1", "3 AB 1", "4 C\\\"D 1"),
                venue.dialogue().requests(plans.get(0).streams()).stream()
                        .map(request -> request.text() + ' ' + request.answers())
                        .toList());
        assertThrows(
                IllegalArgumentException.class,
                () -> venue.plan(List.of("AB"), EnumSet.of(Channel.DEPTH), null));
    }

    @Test
    void shouldTellControlMessagesFromData() throws IOException {
        final Dialogue dialogue =
                DescribedProvider.venue(
                                HEAD
                                        + "ack: {when: {ok: true}, id: r.0}\n"
                                        + "error: {when: {ok: false}, text: why}\n"
                                        + "heartbeat: {when: {beat: \"*\"}}\n"
                                        + "messages:\n"
                                        + "- {channel: trade, when: {t: t}, items: d, symbol: s,"
                                        + " price: p}\n")
                        .dialogue();
        dialogue.requests(List.of("trade:AB", "trade:CD"));
        final Dialogue.Control ack = control(dialogue, "{\"r\":[3],\"ok\":true}");
        assertEquals(Kind.ACK, ack.kind());
        assertEquals(3, ack.id());
        final Dialogue.Control error = control(dialogue, "{\"why\":\"no\",\"ok\":false}");
        assertEquals(Kind.ERROR, error.kind());
        assertEquals("no", error.text());
        assertEquals("{\"ok\":false}", control(dialogue, "{\"ok\":false}").text());
        assertEquals(Kind.HEARTBEAT, control(dialogue, "{\"beat\":[]}").kind());
        assertEquals(Kind.OTHER, control(dialogue, "{\"beat\":null}").kind());
        final String data = "{\"t\":\"t\",\"d\":[{\"s\":\"AB\",\"p\":1},{\"s\":\"CD\",\"p\":1}]}";
        assertNull(control(dialogue, data));
        assertEquals("trade:AB", dialogue.streamOf(bytes(data)));
        assertEquals("trade:CD", dialogue.streamOf(bytes(data.substring(0, 41))));
        assertNull(dialogue.streamOf(bytes(data)));
    }

    /** Numbers of every type, both byte orders; records that tell their own length. */
    @Test
    void shouldReadEveryTypeOfField() throws IOException {
        final String number = "{channel: ticker, symbol: {offset: 1, type: ascii3}, price: %s}";
        assertEquals("not above 0", price(number, "{offset: 4, type: i8, times: 0.25}", "ff"));
        assertEquals("255", price(number, "{offset: 4, type: u8}", "ff"));
        assertEquals("not above 0", price(number, "{offset: 4, type: i16, scale: -2}", "feff"));
        assertEquals(
                "655340", price(number, "{offset: 4, type: u16, scale: 1, endian: big}", "fffe"));
        assertEquals("4294967295", price(number, "{offset: 4, type: u32}", "ffffffff"));
        assertEquals("not above 0", price(number, "{offset: 4, type: i32}", "ffffffff"));
        assertEquals(
                "0.0078125",
                price(number, "{offset: 4, type: u64, times: 1/128}", "0100000000000000"));
        assertEquals(NONE, price(number, "{offset: 4, type: u64}", "00000000000000ff"));
        assertEquals(
                "none", price(number, "{offset: 4, type: i64, times: 11}", "00000000000000f0"));
        assertEquals(NONE, price(number, "{offset: 4, type: i64}", "ffffffffffffff7f"));
        assertEquals("0.1", price(number, "{offset: 4, type: f32}", "cdcccc3d"));
        assertEquals(
                "0.1", price(number, "{offset: 4, type: f64, endian: big}", "3fb999999999999a"));
        assertEquals(NONE, price(number, "{offset: 4, type: f64}", "000000000000f07f"));
        assertEquals(
                "61602.01", price(number, "{offset: 4, type: ascii10}", "36313630322e30312000"));
        assertEquals(NONE, price(number, "{offset: 4, type: ascii2}", "7831"));
        assertEquals(NONE, price(number, "{offset: 4, type: u32}", "ffffff"));
    }

    private static String price(final String message, final String field, final String hex)
            throws IOException {
        final Venue venue =
                DescribedProvider.venue(
                        BINARY
                                + "record: {lengthField: {offset: 0, type: u8}}\nmessages: ["
                                + String.format(message, field)
                                + "]\n");
        final String length = String.format("%02x", 4 + hex.length() / 2);
        final String record = length + "425443" + hex;
        final Instruments instruments = new Instruments();
        instruments.add("desk", "BTC/USDT", "BTC");
        final byte[] frame = HexFormat.of().parseHex(record + record);
        final InboundMessage in = new InboundMessage();
        in.set(InboundType.FRAME_BINARY, 2, 1, 0, 5, frame, 0, frame.length);
        final List<String> prices = new ArrayList<>();
        venue.decoder(instruments, Venue.UnknownSymbols.IGNORE)
                .decode(in, new MarketEvent().clear(), event -> prices.add(price(event)));
        assertEquals(prices.get(0).equals(NONE) ? 1 : 2, prices.size());
        return prices.get(0);
    }

    private static String price(final MarketEvent event) {
        if (event.type != EventType.MARKET) {
            return NONE;
        }
        return event.price.isGiven() ? event.price.toString() : "not above 0";
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 1764259200.25, 1764259200250000000",
        "MILLIS, 1764259200250, 1764259200250000000",
        "MILLIS, 1764259200250.12345, 1764259200250123450",
        "MICROS, 1.76425920025e15, 1764259200250000000",
        "NANOS, 176425920025000000, 176425920025000000",
        "SECONDS, 0, ",
        "SECONDS, -1, ",
        "SECONDS, 9999999999999, ",
        "SECONDS, 1e9000, "
    })
    void shouldReadTimes(final TimeForm form, final String text, final Long expected) {
        final long ns = form.epochNs(Decimal.of(text));
        assertEquals(expected == null ? MarketEvent.NONE : expected, ns);
    }

    private static Dialogue.Control control(final Dialogue dialogue, final String text) {
        return dialogue.control(bytes(text));
    }

    private static ByteBuffer bytes(final String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
