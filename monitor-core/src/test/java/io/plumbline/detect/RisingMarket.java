package io.plumbline.detect;

/** Two markets that rise, and a writer of BTC that a test may let fail. */
abstract class RisingMarket {
    static final String BTC = "BTC/USDT";
    static final String ETH = "ETH/USDT";
    static final String KEY = "pms:price:BTC/USDT";
    final Scene scene = new Scene(BTC, ETH);
    long id = 1;
    int cents;

    /** The market trades each 100 ms, each time one cent higher; ETH and its key go on too. */
    final void market(final int times) {
        for (int i = 0; i < times; i++) {
            tick();
            scene.value(BTC, price(cents)).pass(100);
        }
    }

    final void tick() {
        cents++;
        scene.trade(BTC, id, price(cents)).trade(ETH, id++, price(cents));
        scene.value(ETH, price(cents));
    }

    static String price(final int cents) {
        return "100." + String.format("%02d", cents);
    }
}
