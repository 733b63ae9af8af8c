package io.plumbline.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.feed.sim.MarketMove;
import io.plumbline.feed.sim.VenueWire;
import java.util.HashSet;
import java.util.Set;

/** An in-house gateway that writes its symbols in lower case, and how it is described. */
final class LowerCaseWire implements VenueWire {
    static final String VENUE = "desk-lower";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long NS_PER_US = 1_000;

    /** The part of a configuration that makes it a venue. */
    static String yaml(final String endpoint) {
        return """
        providers:
          - name: desk-lower
            kind: json
            url: "%s/prices"
            symbols: {template: "{base}{quote}", market: linear, letters: lower, quotes: [USDT]}
            subscribe:
              - send: '{"op":"subscribe","id":{id},"symbol":"{symbol}"}'
                channels: [trade]
            ack: {when: {op: subscribed}, id: id}
            messages:
              - channel: trade
                when: {type: trade}
                symbol: symbol
                price: price
                size: size
                time: {path: ts, unit: us}
                sequence: {path: seq, rule: next}
        """
                .formatted(endpoint);
    }

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public boolean serves(final String path) {
        return path.equals("/prices");
    }

    @Override
    public Client open(final String resource, final long nowNs) {
        return new Subscriber();
    }

    private static final class Subscriber implements Client {
        private final Set<String> symbols = new HashSet<>();

        @Override
        public void answer(final String text, final long nowNs, final Out out) {
            try {
                final JsonNode request = MAPPER.readTree(text);
                symbols.add(request.path("symbol").asText());
                out.text("{\"op\":\"subscribed\",\"id\":" + request.path("id").asLong() + '}');
            } catch (final JsonProcessingException e) {
                out.close(1002, "not JSON");
            }
        }

        @Override
        public void word(final MarketMove move, final Out out) {
            final String symbol = move.instrument().venueSymbol();
            if (move.kind() == MarketMove.Kind.TRADE && symbols.contains(symbol)) {
                final MarketMove.Trade trade = move.trade();
                out.text(
                        "{\"type\":\"trade\",\"symbol\":\"%s\",\"price\":\"%s\",\"size\":%s,\"seq\":%d,\"ts\":%d}"
                                .formatted(
                                        symbol,
                                        trade.price(),
                                        trade.size(),
                                        trade.id(),
                                        move.stampNs() / NS_PER_US));
            }
        }
    }
}
