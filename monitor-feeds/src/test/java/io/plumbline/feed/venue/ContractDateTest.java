package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A contract that ends on a day that there is not is no contract, at any venue. */
final class ContractDateTest {
    @ParameterizedTest
    @CsvSource({
        "261225, true",
        "280229, true",
        "260229, false",
        "261301, false",
        "260001, false",
        "260431, false",
        "260400, false",
        "999999, false",
        "26122, false",
        "2612255, false",
        "26-225, false",
        "٢٦١٢٢٥, false"
    })
    void shouldKnowTheDaysThatThereAre(final String text, final boolean expected) {
        assertEquals(expected, ContractDate.isDate(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "okx BTC/USD:BTC-261332",
                "okx BTC/USD:BTC-261332-100000-C",
                "okx BTC/USDT:USDT-260229",
                "binance-usdm BTC/USDT:USDT-261332",
                "binance-coinm BTC/USD:BTC-260431",
                "deribit BTC/USD:BTC-260229",
                "deribit BTC/USD:BTC-260431-100000-C",
                "kraken-futures BTC/USD:BTC-261332",
                "bybit-linear BTC/USDT:USDT-260229"
            })
    void shouldRefuseTheOthersAtEveryVenue(final String name) {
        final int space = name.indexOf(' ');
        final Venue venue = Venues.catalogue().find(name.substring(0, space));
        assertThrows(
                IllegalArgumentException.class,
                () -> venue.toVenueSymbol(name.substring(space + 1)));
    }
}
