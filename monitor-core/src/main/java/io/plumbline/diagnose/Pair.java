package io.plumbline.diagnose;

/**
 * What a ccxt symbol says of its instrument.
 *
 * @param base the coin, without what the contract counts of it
 * @param quote "" where the symbol is not in ccxt form
 * @param power the price is that of 10^power coins: 3 for 1000PEPE and kPEPE, 6 for 1MBABYDOGE
 */
record Pair(String base, String quote, int power) {
    private static final int FEWEST_ZEROS = 2;

    static Pair of(final String symbol) {
        final int slash = symbol.indexOf('/');
        if (slash < 0) {
            return new Pair(symbol, "", 0);
        }
        final String coin = symbol.substring(0, slash);
        final int colon = symbol.indexOf(':', slash);
        final String quote = symbol.substring(slash + 1, colon < 0 ? symbol.length() : colon);
        int zeros = 0;
        while (coin.startsWith("1") && coin.startsWith("0", zeros + 1)) {
            zeros++;
        }
        if (zeros >= FEWEST_ZEROS && isCoin(coin, zeros + 1)) {
            return new Pair(coin.substring(zeros + 1), quote, zeros);
        }
        if (coin.startsWith("1M") && isCoin(coin, 2)) {
            return new Pair(coin.substring(2), quote, 6);
        }
        if (coin.startsWith("k") && isCoin(coin, 1)) {
            return new Pair(coin.substring(1), quote, 3);
        }
        return new Pair(coin, quote, 0);
    }

    private static boolean isCoin(final String coin, final int from) {
        return coin.length() > from + 1 && Character.isUpperCase(coin.charAt(from));
    }
}
