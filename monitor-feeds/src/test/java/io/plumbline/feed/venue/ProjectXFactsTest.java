package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Decimal;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is known of the venue for certain: its contracts of August 2026 and their ticks. */
class ProjectXFactsTest {
    private static final Path FACTS =
            Path.of(System.getProperty("plumbline.feeds", "../../shared/feeds"), "projectx");

    private final Venue projectx = Venues.find("projectx");

    private record Contract(String id, String name, String tick) {}

    @BeforeAll
    static void needsTheFacts() {
        assumeTrue(Files.isDirectory(FACTS), "no " + FACTS + ": -Dplumbline.feeds=FOLDER");
    }

    private static List<Contract> contracts() throws IOException {
        return Files.readAllLines(FACTS.resolve("contracts_2026-08.csv")).stream()
                .skip(1)
                .map(line -> line.split(","))
                .map(cells -> new Contract(cells[0], cells[1], cells[3]))
                .toList();
    }

    @Test
    void everyContractHasASymbolAndAnExactTick() throws IOException {
        final List<Contract> contracts = contracts();
        final String body =
                contracts.stream()
                        .map(
                                c ->
                                        "{\"id\":\"%s\",\"name\":\"%s\",\"tickSize\":%s}"
                                                .formatted(c.id(), c.name(), c.tick()))
                        .collect(Collectors.joining(",", "{\"contracts\":[", "]}"));
        final List<Venue.Reference> listed =
                projectx.references(
                                null,
                                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                        .listed();
        assertEquals(51, listed.size());
        assertEquals(51, listed.stream().map(Venue.Reference::symbol).distinct().count());
        for (int i = 0; i < listed.size(); i++) {
            final Venue.Reference reference = listed.get(i);
            final String id = contracts.get(i).id();
            assertEquals(id, projectx.toVenueSymbol(reference.symbol()));
            assertEquals(reference.symbol(), projectx.toSymbol(id), "without the venue's list");
            final Decimal tick = Decimal.of(reference.tickSize());
            assertEquals(0, new BigDecimal(contracts.get(i).tick()).compareTo(tick.toBigDecimal()));
            assertTrue(tick.signum() > 0 && !tick.inexact(), id);
        }
    }

    /** A thousand prices on each contract's grid come through to the last digit. */
    @Test
    void everyPriceOnTheGridIsExact() throws IOException {
        final Instruments instruments = new Instruments();
        final List<Contract> contracts = contracts();
        contracts.forEach(c -> instruments.add("projectx", projectx.toSymbol(c.id()), c.id()));
        final MessageDecoder decoder = projectx.decoder(instruments, Venue.UnknownSymbols.IGNORE);
        final InboundMessage message = new InboundMessage();
        final MarketEvent draft = new MarketEvent();
        for (final Contract contract : contracts) {
            final List<String> sent = new ArrayList<>();
            final List<String> seen = new ArrayList<>();
            for (int ticks = 99_500; ticks < 100_500; ticks++) {
                final BigDecimal price =
                        new BigDecimal(contract.tick()).multiply(BigDecimal.valueOf(ticks));
                sent.add(price.stripTrailingZeros().toPlainString());
                final byte[] bytes =
                        ("{\"type\":1,\"target\":\"GatewayTrade\",\"arguments\":[\""
                                        + contract.id()
                                        + "\",[{\"price\":"
                                        + price
                                        + ",\"volume\":1}]]}\u001e")
                                .getBytes(StandardCharsets.UTF_8);
                message.set(InboundType.FRAME_TEXT, 2, 1, 0, 5, bytes, 0, bytes.length);
                decoder.decode(
                        message,
                        draft.clear(),
                        event -> seen.add(event.price.toBigDecimal().toPlainString()));
            }
            assertEquals(sent, seen, contract.id());
        }
    }

    /**
     * What the venue sends in a regular session, as it was counted: 140 events a second at most.
     */
    @Test
    void ratesOfTheRegularSession() throws IOException {
        final List<String> rows =
                Files.readAllLines(FACTS.resolve("mnq_minute_rates_2026-08-20.csv"));
        long quotes = 0;
        long trades = 0;
        long depth = 0;
        long busiest = 0;
        for (final String row : rows.subList(1, rows.size())) {
            final String[] cells = row.split(",");
            final long[] counts = {
                Long.parseLong(cells[1]), Long.parseLong(cells[2]), Long.parseLong(cells[3])
            };
            quotes += counts[0];
            trades += counts[1];
            depth += counts[2];
            busiest = Math.max(busiest, counts[0] + counts[1] + counts[2]);
        }
        assertEquals(
                List.of(31L, 75_135L, 35_271L, 112_258L, 8_278L),
                List.of(rows.size() - 1L, quotes, trades, depth, busiest));
    }
}
