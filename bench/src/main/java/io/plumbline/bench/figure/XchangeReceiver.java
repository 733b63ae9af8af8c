package io.plumbline.bench.figure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import info.bitrich.xchangestream.binance.BinanceStreamingMarketDataService;
import info.bitrich.xchangestream.binance.BinanceStreamingService;
import info.bitrich.xchangestream.binance.KlineSubscription;
import info.bitrich.xchangestream.core.ProductSubscription;
import io.reactivex.rxjava3.core.Observable;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.knowm.xchange.binance.BinanceAdapters;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.derivative.FuturesContract;
import org.knowm.xchange.instrument.Instrument;
import org.slf4j.LoggerFactory;

/**
 * A process of its own: XChange-stream behind its own socket, taking the book tickers that a {@link
 * PacedServer} sends. It prints one line, as receive.c does: three times 0, because its tickers do
 * not say when they were to be sent; processor time of the process per message; how long it took,
 * in ns.
 */
final class XchangeReceiver {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int IDLE_S = 60;
    private static final long ALL_S = 60;
    private static final int MAX_FRAME_BYTES = 1 << 20;

    private final long count;
    private final long skip;
    private final CountDownLatch all = new CountDownLatch(1);
    private long taken;
    private long fromNs;
    private long toNs;
    private long beforeNs;
    private long afterNs;

    private XchangeReceiver(final long count, final long skip) {
        this.count = count;
        this.skip = skip;
    }

    /**
     * @param words port, messages in all, how many of them do not count
     */
    public static void main(final String[] words) throws InterruptedException {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        final XchangeReceiver receiver =
                new XchangeReceiver(Long.parseLong(words[1]), Long.parseLong(words[2]));
        receiver.receive("ws://127.0.0.1:" + words[0] + "/stream?streams=");
        System.out.println(
                "0 0 0 "
                        + (receiver.afterNs - receiver.beforeNs) / (receiver.count - receiver.skip)
                        + " "
                        + (receiver.toNs - receiver.fromNs));
        System.out.flush();
        // Its event loops would keep the process.
        Runtime.getRuntime().halt(0);
    }

    private void receive(final String url) throws InterruptedException {
        // As its exchange learns it at the start, from the list of instruments.
        BinanceAdapters.putSymbolMapping("BTCUSDT", CurrencyPair.BTC_USDT);
        final Instrument btc = new FuturesContract(CurrencyPair.BTC_USDT, "PERP");
        final ProductSubscription tickers = ProductSubscription.create().addTicker(btc).build();
        final KlineSubscription none = new KlineSubscription(Map.of());
        final Connected service = new Connected(url, tickers, none);
        service.connect().blockingAwait();
        service.enableLiveSubscription();
        final BinanceStreamingMarketDataService market =
                new BinanceStreamingMarketDataService(
                        service,
                        null,
                        () -> {
                            // Nothing is asked over REST here.
                        },
                        "",
                        true,
                        0);
        market.openSubscriptions(tickers, none);
        market.getTicker(btc).subscribe(ticker -> take());
        if (!all.await(ALL_S, TimeUnit.SECONDS)) {
            System.err.println("XChange-stream took " + taken + " messages of " + count);
            Runtime.getRuntime().halt(1);
        }
    }

    private void take() {
        taken++;
        if (taken == skip) {
            beforeNs = processorNs();
            fromNs = System.nanoTime();
        } else if (taken == count) {
            toNs = System.nanoTime();
            afterNs = processorNs();
            all.countDown();
        }
    }

    private static long processorNs() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /**
     * Its service, where the product's own subscriber, which only opens the channel, hears nothing:
     * the work counts once, as it would if both shared it.
     */
    private static final class Connected extends BinanceStreamingService {
        private final Set<String> opened = new HashSet<>();

        Connected(
                final String url,
                final ProductSubscription tickers,
                final KlineSubscription klines) {
            super(url, tickers, klines, MAX_FRAME_BYTES, PATIENCE, PATIENCE, IDLE_S);
        }

        @Override
        public Observable<JsonNode> subscribeChannel(
                final String channel, final Object... arguments) {
            return Observable.defer(
                    () ->
                            opened.add(channel)
                                    ? Observable.never()
                                    : super.subscribeChannel(channel, arguments));
        }
    }
}
