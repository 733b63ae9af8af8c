package io.plumbline.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairTest {
    @ParameterizedTest
    @CsvSource({
        "BTC/USDT, BTC, USDT, 0",
        "BTC/USDT:USDT-260327, BTC, USDT, 0",
        "BTC/USD:BTC, BTC, USD, 0",
        "1000PEPE/USDT:USDT, PEPE, USDT, 3",
        "1000000MOG/USDT:USDT, MOG, USDT, 6",
        "1MBABYDOGE/USDT:USDT, BABYDOGE, USDT, 6",
        "kPEPE/USDC:USDC, PEPE, USDC, 3",
        "1INCH/USDT, 1INCH, USDT, 0",
        "KAVA/USDT, KAVA, USDT, 0",
        "1000/USDT, 1000, USDT, 0",
        "BTCUSDT, BTCUSDT, '', 0",
    })
    void shouldTellCoinCurrencyAndMultiplier(
            final String symbol, final String base, final String quote, final int power) {
        assertEquals(new Pair(base, quote, power), Pair.of(symbol));
    }
}
