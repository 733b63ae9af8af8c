package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import io.plumbline.market.Channel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Described feeds in the configuration: read, printed, found by name, and told of when wrong. */
class ProviderConfigTest {
    private static final String RIGHT =
            """
            providers:
              - name: desk
                kind: json
                url: ws://desk:9000/x
                symbols: {template: "{quote}_{base}", letters: lower, market: linear}
                subscribe:
                  - {send: '{"key":"${KEY}","s":"{symbol}"}', answered: false}
                  - {send: '{"all":{symbols},"cost":"$${x}"}', channels: [trade]}
                limits: {lifetime: 24h, messagesPerSecond: 3}
                ping: {every: 5s, send: '{"op":"ping"}'}
                messages:
                  - {channel: trade, when: {a.b: t, live: true}, symbol: s, price: p}
            venues: [{name: desk, symbols: ["BTC/USDT:USDT"]}]
            """;
    private static final String WRONG =
            """
            providers:
              - name: My Desk
                kind: jsn
                url: http://desk
                symbols: {templat: "{base}"}
                messages: []
              - name: desk
                kind: json
                url: ws://desk:9000/x
                symbols: {template: "{base}", market: linea, map: {A/B: x, C/D: x}}
                subscribe: [{sent: x, channels: [bookTicker]}]
                ack: {id: a..b}
                limits: {messagesPerSecond: 0}
                conectionSequence: n
                messages:
                  - {channel: trade, symbol: s, prise: p}
                  - {channel: depth, symbol: s}
                  - channel: bookTicker
                    bid: b
                    mark: m
                    time: {path: t, unit: msec}
                    sequence: {path: n, rule: chained}
              - name: wire
                kind: binary
                url: ws://desk:9000/x
                symbols: {map: {A/B: 1}}
                endian: litle
                header: 4
                record: {length: 16}
                type: {offset: 0, type: u8}
                count: {offset: 1, type: u8}
                messages:
                  - channel: trade
                    symbol: {offset: 1, type: f64}
                    price: {offset: 12, type: i64, scale: 2, times: 1/3}
                    size: {offset: 0, type: ascii[0]}
                    time: {offset: 0, type: u64, unit: iso, in: header}
                  - channel: markPrice
                    when: 2
                    symbol: {offset: 1, type: ascii[4]}
                    mark: {offset: 5, type: f64, scale: -2, of: x}
                    sequence: {offset: 1, type: u64, rule: next, previous: {offset: 2, type: u8}}
              - name: binance-spot
                kind: json
                url: ws://desk:9000/x
                symbols: {template: "{base}{quote}"}
                messages: [{channel: ticker, symbol: s, price: p}]
            venues: [{name: desk, symbols: [A/B]}]
            """;

    private static ConfigLoader loader() {
        return new ConfigLoader(
                Venues.all().stream().map(KnownVenue::of).toList(),
                Map.of("KEY", "hunter2")::get,
                warning -> {});
    }

    @Test
    void shouldBecomeAVenueByItsName() throws ConfigException {
        final Config config = loader().parse("x.yaml", RIGHT);
        final Venue desk = config.catalogue().find("desk");
        assertEquals(Set.of(Channel.TRADE), desk.channels());
        assertEquals("usdt_btc", desk.toVenueSymbol("BTC/USDT:USDT"));
        assertEquals("BTC/USDT:USDT", desk.toSymbol("usdt_btc"));
        assertEquals(List.of(Channel.TRADE), config.venue("desk").channels());
        assertEquals(
                List.of(
                        "{\"key\":\"hunter2\",\"s\":\"usdt_btc\"}",
                        "{\"all\":[\"usdt_btc\"],\"cost\":\"${x}\"}"),
                desk.dialogue().requests(List.of("trade:usdt_btc")).stream()
                        .map(request -> request.text())
                        .toList());
        assertEquals("{\"op\":\"ping\"}", desk.dialogue().ping());
        final String message =
                assertThrows(IllegalArgumentException.class, () -> config.catalogue().find("desc"))
                        .getMessage();
        assertTrue(message.contains("did you mean desk?"), message);
    }

    @Test
    void shouldPrintAgainWithoutSecrets() throws ConfigException {
        final Config config = loader().parse("x.yaml", RIGHT);
        final String printed = config.toYaml();
        assertFalse(printed.contains("hunter2"), printed);
        final Config again = loader().parse("printed", printed);
        assertEquals(printed, again.toYaml());
        assertEquals(List.of(), config.withheldSecrets());
        assertEquals(List.of("providers[0].subscribe"), again.withheldSecrets());
        assertEquals(
                config.providers().get(0).spec().format(),
                again.providers().get(0).spec().format());
        assertEquals(
                config.providers().get(0).spec().limits(),
                again.providers().get(0).spec().limits());
    }

    @Test
    void shouldTellOfEverythingThatIsWrong() {
        final ConfigException thrown =
                assertThrows(ConfigException.class, () -> loader().parse("x.yaml", WRONG));
        assertEquals("", String.join("\n", thrown.problems()));
    }
}
