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
                    size: {offset: 0, type: ascii}
                    time: {offset: 0, type: u64, unit: iso, in: header}
                  - channel: markPrice
                    when: 2
                    symbol: {offset: 1, type: ascii4}
                    mark: {offset: 5, type: f64, scale: -2, of: x}
                    sequence: {offset: 1, type: u64, rule: next, previous: {offset: 2, type: u8}}
              - name: binance-spot
                kind: json
                url: ws://desk:9000/x
                symbols: {template: "{base}{quote}"}
                messages: [{channel: ticker, symbol: s, price: p}]
            venues: [{name: desk, symbols: [A/B]}]
            """;

    private static final String FOUND =
            """
            x.yaml:2:11: providers[0].name: "My Desk" is no name; write up to 40 lower-case \
            letters, digits and hyphens
            x.yaml:3:11: providers[0].kind: "jsn" is no kind of provider; did you mean "json"?
            x.yaml:4:10: providers[0].url: "http://desk" does not begin with wss:// or ws://; \
            write wss://HOST:PORT
            x.yaml:5:14: providers[0].symbols.template: no symbols; write `template: \
            "{base}{quote}"`, or a map of them
            x.yaml:5:15: providers[0].symbols.templat: unknown key; did you mean "template"?
            x.yaml:6:15: providers[0].messages: no message; describe one at least, see config/ \
            for samples
            x.yaml:10:25: providers[1].symbols.template: "{base}" must have {base} and {quote} \
            once each
            x.yaml:10:43: providers[1].symbols.market: "linea" is no market; did you mean \
            "linear"?
            x.yaml:10:55: providers[1].symbols.map: "x" stands for two symbols; remove one
            x.yaml:11:17: providers[1].subscribe[0].send: missing; write `send: \
            '{"op":"subscribe","symbol":"{symbol}"}'`
            x.yaml:11:18: providers[1].subscribe[0].sent: unknown key; did you mean "send"?
            x.yaml:12:10: providers[1].ack.when: missing; write `when: {type: subscribed}`
            x.yaml:12:15: providers[1].ack.id: "a..b" has an empty name between dots; write a \
            path such as data.0.p
            x.yaml:13:33: providers[1].limits.messagesPerSecond: "0" is out of range; write a \
            number from 1 to 10000
            x.yaml:14:5: providers[1].conectionSequence: unknown key; did you mean \
            "connectionSequence"?
            x.yaml:16:19: providers[1].messages[0].channel: a trade needs price; add it
            x.yaml:16:37: providers[1].messages[0].prise: unknown key; did you mean "price"?
            x.yaml:17:19: providers[1].messages[1].channel: "depth" is no channel of a \
            provider; known: trade, aggTrade, bookTicker, markPrice, ticker
            x.yaml:18:9: providers[1].messages[2].symbol: missing; say where the symbol stands
            x.yaml:20:9: providers[1].messages[2].mark: unknown key; known: channel, when, \
            items, symbol, bid, bidSize, ask, askSize, time, sequence
            x.yaml:21:31: providers[1].messages[2].time.unit: "msec" is no unit of time; \
            known: s, ms, us, ns, iso
            x.yaml:22:35: providers[1].messages[2].sequence.rule: a chained sequence says what \
            came before; add `previous`
            x.yaml:27:13: providers[2].endian: "litle" is no byte order; did you mean "little"?
            x.yaml:31:12: providers[2].count: stands in the header; write `in: header`
            x.yaml:33:9: providers[2].messages[0].when: missing; write the value of `type` \
            that tells this message
            x.yaml:34:35: providers[2].messages[0].symbol.type: "f64" cannot be read as this; \
            choose another type
            x.yaml:35:25: providers[2].messages[0].price.offset: ends at byte 20 of a record of 16
            x.yaml:35:57: providers[2].messages[0].price.times: given beside `scale`; keep one \
            of them
            x.yaml:35:57: providers[2].messages[0].price.times: "1/3" has no exact decimal; \
            its divisor must be of 2s and 5s
            x.yaml:36:33: providers[2].messages[0].size.type: "ascii" is no type of field; did \
            you mean "asciiN"?
            x.yaml:37:24: providers[2].messages[0].time.offset: ends at byte 8 of a header of 4
            x.yaml:37:44: providers[2].messages[0].time.unit: "iso" is text; write s, ms, us or ns
            x.yaml:41:33: providers[2].messages[1].mark.type: carries its own point; remove \
            `scale` and `times`
            x.yaml:41:49: providers[2].messages[1].mark.of: unknown key; known: offset, in, \
            endian, type, scale, times
            x.yaml:42:64: providers[2].messages[1].sequence.previous: only the rule chained \
            looks at it; write `rule: chained`
            x.yaml:43:11: providers[3].name: there is a venue "binance-spot" already; give it \
            another name
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
        assertEquals(FOUND, String.join("\n", thrown.problems()) + "\n");
    }
}
