package io.plumbline.bench.figure;

import com.fasterxml.jackson.databind.JsonNode;
import info.bitrich.xchangestream.binance.BinanceStreamingMarketDataService;
import info.bitrich.xchangestream.binance.BinanceStreamingService;
import info.bitrich.xchangestream.binance.KlineSubscription;
import info.bitrich.xchangestream.core.ProductSubscription;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.subjects.PublishSubject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.knowm.xchange.binance.BinanceAdapters;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.derivative.FuturesContract;
import org.knowm.xchange.instrument.Instrument;

/**
 * XChange-stream's own way from a message's text to its ticker, trade or book updates: its
 * streaming services as they are, without a socket and without books.
 */
final class XchangePeer {
    static final String NAME = "XChange-stream";

    /** As the recording has them. */
    private static final String DEPTH = "@0ms";

    private static final Duration NEVER = Duration.ofDays(1);

    private final Unconnected service;
    private long adapted;

    XchangePeer() {
        // As its exchange learns them at the start, from the list of instruments.
        BinanceAdapters.putSymbolMapping("BTCUSDT", CurrencyPair.BTC_USDT);
        final Instrument btc = new FuturesContract(CurrencyPair.BTC_USDT, "PERP");
        final ProductSubscription all =
                ProductSubscription.create()
                        .addTicker(btc)
                        .addTrades(btc)
                        .addOrderbook(btc)
                        .build();
        final KlineSubscription none = new KlineSubscription(Map.of());
        service = new Unconnected(all, none);
        final BinanceStreamingMarketDataService market =
                new BinanceStreamingMarketDataService(
                        service,
                        null,
                        () -> {
                            // Nothing is asked over REST here.
                        },
                        DEPTH,
                        true,
                        0);
        market.openSubscriptions(all, none);
        market.getTicker(btc).subscribe(ticker -> adapted++);
        market.getTrades(btc).subscribe(trade -> adapted++);
        market.getOrderBookUpdates(btc).subscribe(updates -> adapted++);
    }

    /** One pass; answers how many came out adapted. */
    long read(final Corpus corpus) {
        adapted = 0;
        for (int i = 0; i < corpus.size(); i++) {
            service.messageHandler(
                    new String(
                            corpus.bytes,
                            corpus.offsets[i],
                            corpus.lengths[i],
                            StandardCharsets.UTF_8));
        }
        return adapted;
    }

    /**
     * Its service with a subject for each channel in place of what a connection keeps. Each channel
     * has two subscribers, and the message is mapped for both: the first is the product's own,
     * which only opens the channel. It hears nothing here, so that the work counts once, as it
     * would if they shared it.
     */
    private static final class Unconnected extends BinanceStreamingService {
        private final Map<String, PublishSubject<JsonNode>> subjects = new HashMap<>();
        private final Set<String> opened = new HashSet<>();

        Unconnected(final ProductSubscription all, final KlineSubscription klines) {
            super("ws://localhost", all, klines, 1 << 20, NEVER, NEVER, 1);
        }

        @Override
        public Observable<JsonNode> subscribeChannel(
                final String channel, final Object... arguments) {
            final PublishSubject<JsonNode> subject =
                    subjects.computeIfAbsent(channel, name -> PublishSubject.create());
            return Observable.defer(() -> opened.add(channel) ? Observable.never() : subject);
        }

        @Override
        protected void handleChannelMessage(final String channel, final JsonNode message) {
            final PublishSubject<JsonNode> subject = subjects.get(channel);
            if (subject != null) {
                subject.onNext(message);
            }
        }
    }
}
