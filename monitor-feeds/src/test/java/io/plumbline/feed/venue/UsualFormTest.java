package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Decimal;
import io.plumbline.market.EightBytes;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What is read eight bytes at a time is read as the general way reads it. A message that ends where
 * its array ends always goes the general way; the same message with other bytes behind it may not.
 * Both must give the same events, whatever was done to the message.
 */
class UsualFormTest {
    private static final long SEED = 20_261_128L;
    private static final int CHANGES_PER_FRAME = 600;
    private static final String JUNK = "{}[]\",:0123456789e-.\\u x\n\"\"]}{\"btf";

    private final Random random = new Random(SEED);
    private final Instruments instruments = new Instruments();
    private final InboundMessage message = new InboundMessage();
    private final MarketEvent draft = new MarketEvent();

    private static final List<String> BINANCE =
            List.of(
                    "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"e\":\"bookTicker\",\"u\":5123107839020,"
                        + "\"s\":\"BTCUSDT\",\"b\":\"61800.20\",\"B\":\"2.507\",\"a\":\"61800.30\","
                        + "\"A\":\"2.510\",\"T\":1723161256313,\"E\":1723161256313}}",
                    "{\"u\":50093239243,\"s\":\"BTCUSDT\",\"b\":\"61837.63000000\",\"B\":\"3.65427000\","
                        + "\"a\":\"61837.64000000\",\"A\":\"1.60520000\"}",
                    "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1,\"T\":2,\"s\":"
                            + "\"BTCUSDT\",\"t\":5266583935,\"p\":\"61800\",\"q\":\"0.0060\",\"X\":"
                            + "\"MARKET\",\"m\":false}}",
                    "{\"e\":\"trade\",\"E\":1,\"s\":\"BTCUSDT\",\"t\":9,\"p\":\"0.00000120\",\"q\":\"12345678.9\","
                        + "\"b\":88,\"a\":50,\"T\":3,\"m\":true,\"M\":true}",
                    "{\"stream\":\"btcusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":4,\"s\":\"BTCUSDT\","
                        + "\"a\":2245718313,\"p\":\"1000.0\",\"q\":\"0\",\"f\":12,\"l\":13,\"T\":5,"
                        + "\"m\":false}}",
                    "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":6,\"T\":7,"
                        + "\"s\":\"BTCUSDT\",\"U\":1,\"u\":22,\"pu\":0,\"b\":[[\"61800.20\",\"0.00500\"],"
                        + "[\"1\",\"0.000\"]],\"a\":[[\"61801\",\"2.50\"]]}}",
                    "{\"e\":\"depthUpdate\",\"E\":6,\"T\":7,\"s\":\"BTCUSD_PERP\",\"ps\":\"BTCUSD\",\"U\":1,"
                        + "\"u\":2,\"pu\":0,\"b\":[],\"a\":[[\"3.0\",\"12345678901.00000000\"]]}",
                    "{\"stream\":\"btcusdt@depth5\",\"data\":{\"lastUpdateId\":160,\"bids\":[[\"0.0024\","
                        + "\"10\"]],\"asks\":[[\"0.0026\",\"100\"]]}}",
                    "{\"e\":\"markPriceUpdate\",\"E\":8,\"s\":\"BTCUSDT\",\"p\":\"11794.15000000\",\"i\":"
                        + "\"11784.62659091\",\"P\":\"11784.25641265\",\"r\":\"0.00038167\",\"T\":9}",
                    "{\"e\":\"24hrTicker\",\"E\":1,\"s\":\"BTCUSDT\",\"p\":\"-0.0015\",\"P\":\"1e3\"}",
                    "{\"stream\":\"btcusd_perp@bookTicker\",\"data\":{\"u\":1007198632021,\"e\":\"bookTi"
                        + "cker\",\"s\":\"BTCUSD_PERP\",\"ps\":\"BTCUSD\",\"b\":\"61804.7\",\"B\":\"35\",\"a\":\"61804."
                        + "80\",\"A\":\"1645\",\"T\":1723161257465,\"E\":1723161257476}}",
                    "{\"e\":\"bookTicker\",\"u\":400900217,\"E\":1568014460893,\"T\":1568014460891,\"s\":"
                        + "\"BTCUSDT\",\"b\":\"0\",\"B\":\"31.21\",\"a\":\"25.36520000\",\"A\":\"40.66\"}",
                    "{\"data\":{\"u\":400900217,\"s\":\"BTCUSDT\",\"b\":\"25.35190000\",\"B\":\"31.21\",\"a\":\""
                        + "25.36520000\",\"A\":\"40.66\"},\"stream\":\"btcusdt@bookTicker\"}",
                    "{\"stream\":\"btcusdt@depth5@0ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":17231612562"
                        + "99,\"T\":1723161256298,\"s\":\"BTCUSDT\",\"U\":5,\"u\":9,\"pu\":4,\"b\":[[\"58710.20\",\""
                        + "0.014\"],[\"9999.90\",\"10\"]],\"a\":[[\"58710.3\",\"0.010\"]]}}",
                    "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1723161255343,\"s\":\"BTC"
                        + "USDT\",\"t\":3735683259,\"p\":\"61837.63000000\",\"q\":\"0.02000000\",\"T\":172316125"
                        + "5342,\"m\":true,\"M\":true}}",
                    "{\"result\":null,\"id\":1}",
                    "{\"error\":{\"code\":2,\"msg\":\"Invalid \\\"request\\\"\"},\"id\":12}");

    private static final List<String> OTHERS =
            List.of(
                    "okx|{\"arg\":{\"channel\":\"books\",\"instId\":\"BTC-USDT\"},\"action\":\"update\",\"data\":"
                        + "[{\"asks\":[[\"41006.8\",\"0.60038921\",\"0\",\"1\"]],\"bids\":[[\"41006.3\","
                        + "\"0.30178218\",\"0\",\"2\"]],\"ts\":\"1629966436396\",\"checksum\":-855196043,"
                        + "\"prevSeqId\":123456,\"seqId\":123457}]}",
                    "okx|{\"arg\":{\"channel\":\"books\",\"instId\":\"BTC-USDT\"},\"action\":\"snapshot\","
                        + "\"data\":[{\"asks\":[[\"8476.98\",\"415\",\"0\",\"13\"],[\"8477\",\"7.50\",\"0\","
                        + "\"2\"],[\"8477.34\",\"85\"],[\"1e4\",\"1\"],[\"8478.0000\",\"0.00000001\",\"0\",\"1\"]],"
                        + "\"bids\":[],\"ts\":\"1597026383085\",\"checksum\":7,\"prevSeqId\":-1,\"seqId\":1}]}",
                    "coinbase-exchange|{\"type\":\"snapshot\",\"product_id\":\"BTC-USDT\",\"bids\":[[\"10101.10\","
                        + "\"0.45054140\"],[\"1\",\"2\"]],\"asks\":[[\"10102.55\",\"0.57753524\"]],\"time\":"
                        + "\"2022-08-04T15:25:05.010758Z\"}",
                    "okx|{\"arg\":{\"channel\":\"bbo-tbt\",\"instId\":\"BTC-USDT\"},\"data\":[{\"asks\":[[\"8476.98\","
                        + "\"415\",\"0\",\"13\"]],\"bids\":[[\"8476.97\",\"256\",\"0\",\"12\"]],\"ts\":"
                        + "\"1597026383085\",\"seqId\":123456}]}",
                    "okx|{\"arg\":{\"channel\":\"trades\",\"instId\":\"BTC-USDT\"},\"data\":[{\"instId\":"
                        + "\"BTC-USDT\",\"tradeId\":\"130639474\",\"px\":\"42219.9\",\"sz\":\"0.12060306\","
                        + "\"side\":\"buy\",\"ts\":\"1630048897897\",\"count\":\"3\"},{\"tradeId\":\"130639475\","
                        + "\"px\":\"42220\",\"sz\":\"1\",\"ts\":\"1630048897898\",\"count\":\"1\"}]}",
                    "okx|{\"arg\":{\"channel\":\"mark-price\",\"instId\":\"BTC-USDT\"},\"data\":[{\"instId\":"
                        + "\"BTC-USDT\",\"markPx\":\"42310.6\",\"ts\":\"1630049139746\"}],\"event\":\"error\"}",
                    "bybit-linear|{\"topic\":\"orderbook.50.BTCUSDT\",\"type\":\"delta\",\"ts\":1687940967466,"
                        + "\"data\":{\"s\":\"BTCUSDT\",\"b\":[[\"30247.20\",\"30.028\"]],\"a\":[[\"30248.70\","
                        + "\"0\"]],\"u\":177400507,\"seq\":66544703342},\"cts\":1687940967464}",
                    "bybit-linear|{\"topic\":\"orderbook.1.BTCUSDT\",\"type\":\"snapshot\",\"ts\":1,\"data\":{"
                        + "\"s\":\"BTCUSDT\",\"b\":[[\"16493.50\",\"0.006\"]],\"a\":[[\"16611.00\",\"0.029\"]],"
                        + "\"u\":18521288,\"seq\":7961638724},\"cts\":1672304484976}",
                    "bybit-linear|{\"topic\":\"tickers.BTCUSDT\",\"type\":\"snapshot\",\"data\":{\"symbol\":"
                        + "\"BTCUSDT\",\"lastPrice\":\"17216.00\",\"markPrice\":\"17217.33\",\"indexPrice\":"
                        + "\"17227.36\",\"bid1Price\":\"17215.50\",\"ask1Price\":\"\"},\"cs\":24987956059,"
                        + "\"ts\":1673272861686}",
                    "bybit-linear|{\"topic\":\"publicTrade.BTCUSDT\",\"type\":\"snapshot\",\"ts\":5,\"data\":[{"
                        + "\"T\":1672304486865,\"s\":\"BTCUSDT\",\"S\":\"Buy\",\"v\":\"0.001\",\"p\":"
                        + "\"16578.50\",\"i\":\"20f43950-d8dd-5b31\",\"BT\":false}]}",
                    "bybit-linear|{\"topic\":\"tickers.XRPUSDT\",\"type\":\"delta\",\"data\":{\"lastPrice\":"
                        + "\"0.5\"},\"ts\":7,\"topic\":\"tickers.BTCUSDT\"}",
                    "coinbase-exchange|{\"type\":\"ticker\",\"sequence\":37475248783,\"product_id\":\"BTC-USDT\","
                        + "\"price\":\"1285.22\",\"best_bid\":\"1285.04\",\"best_ask\":\"1285.27\",\"side\":"
                        + "\"buy\",\"time\":\"2022-10-19T23:28:22.061769Z\",\"trade_id\":370843401,"
                        + "\"last_size\":\"11.4396987\"}",
                    "coinbase-exchange|{\"type\":\"ticker\",\"sequence\":333938798,\"product_id\":"
                        + "\"BTC-USDT\",\"price\":\"14.7775\",\"open_24h\":\"14.6647\",\"volume_24h\":"
                        + "\"94381.28000000\",\"low_24h\":\"14.3691\",\"high_24h\":\"16.55\","
                        + "\"volume_30d\":\"2295579.57000000\",\"best_bid\":\"14.7550\",\"best_ask\":"
                        + "\"14.8060\",\"side\":\"buy\",\"time\":\"2021-04-17T16:43:30.244075Z\","
                        + "\"trade_id\":881613,\"last_size\":\"0.04\"}",
                    "coinbase-exchange|{\"type\":\"ticker\",\"sequence\":37475248783,\"product_id\":"
                        + "\"BTC-USDT\",\"price\":\"0\",\"open_24h\":\"1310.79\",\"volume_24h\":\"245532\","
                        + "\"low_24h\":\"1280.52\",\"high_24h\":\"1313.8\",\"volume_30d\":\"9788783\","
                        + "\"best_bid\":\"1285.04\",\"best_bid_size\":\"0.46\",\"best_ask\":\"0.00\","
                        + "\"best_ask_size\":\"1.27\",\"side\":\"buy\",\"time\":"
                        + "\"2022-10-19T23:28:22.061769Z\",\"trade_id\":370843401,\"last_size\":\"11.4\"}",
                    "coinbase-exchange|{\"type\":\"match\",\"trade_id\":563678,\"maker_order_id\":"
                        + "\"a714a99e-e437\",\"taker_order_id\":\"b3a2-e29cdbd110e5\",\"side\":\"sell\","
                        + "\"size\":\"70\",\"price\":\"0.43940\",\"product_id\":\"BTC-USDT\",\"sequence\":"
                        + "108779525,\"time\":\"2021-04-17T16:43:18.435588Z\"}",
                    "coinbase-exchange|{\"type\":\"last_match\",\"trade_id\":1,\"maker_order_id\":\"\","
                        + "\"taker_order_id\":\"\",\"side\":\"buy\",\"size\":\"0.00000001\",\"price\":"
                        + "\"1\",\"product_id\":\"BTC-USDT\",\"sequence\":2,\"time\":\"\"}",
                    "coinbase-exchange|{\"type\":\"l2update\",\"product_id\":\"BTC-USDT\",\"changes\":[[\"buy\","
                        + "\"22356.270000\",\"0.00000000\"],[\"sell\",\"22356.300000\",\"1.00000000\"]],"
                        + "\"time\":\"2022-08-04T15:25:05.010758Z\"}",
                    "kraken|[336,{\"a\":[[\"5541.30000\",\"2.50700000\",\"1534614248.456738\"]],\"c\":"
                        + "\"974942666\"},\"book-10\",\"XBT/USDT\"]",
                    "kraken-futures|{\"feed\":\"book\",\"product_id\":\"PF_XBTUSD\",\"side\":\"sell\",\"seq\":"
                        + "326094134,\"price\":34981,\"qty\":0.5,\"timestamp\":1612269953629}",
                    "deribit|{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":"
                        + "\"book.BTC-PERPETUAL.raw\",\"data\":{\"type\":\"change\",\"timestamp\":"
                        + "1554373911330,\"prev_change_id\":297217,\"instrument_name\":\"BTC-PERPETUAL\","
                        + "\"change_id\":297218,\"bids\":[[\"delete\",5041.94,0],[\"change\",-5042.34,1e2]],"
                        + "\"asks\":[]}}}",
                    "deribit|{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":"
                        + "\"ticker.BTC-PERPETUAL.raw\",\"data\":{\"timestamp\":1623060194301,\"state\":"
                        + "\"open\",\"stats\":{\"volume\":27.48,\"high\":[1,2]},\"mark_price\":36931.89,"
                        + "\"last_price\":36931,\"instrument_name\":\"BTC-PERPETUAL\",\"index_price\":36441.64,"
                        + "\"best_bid_price\":36900.5,\"best_ask_price\":0}}}",
                    "deribit|{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":"
                        + "\"book.BTC-PERPETUAL.100ms\",\"data\":{\"type\":\"change\",\"timestamp\":"
                        + "1617644887527,\"prev_change_id\":29721,\"instrument_name\":\"BTC-PERPETUAL\","
                        + "\"change_id\":29722,\"bids\":[[\"delete\",0.094,0.0],[\"change\",58000.50,"
                        + "10.0]],\"asks\":[[\"new\",58001,7]]}}}",
                    "deribit|{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":"
                        + "\"book.BTC-PERPETUAL.100ms\",\"data\":{\"type\":\"snapshot\",\"timestamp\":"
                        + "1617644887527,\"instrument_name\":\"BTC-PERPETUAL\",\"change_id\":2,\"bids\":[],"
                        + "\"asks\":[[\"new\",0.0945,77.5]]}}}",
                    "deribit|{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":"
                        + "\"ticker.BTC-PERPETUAL.raw\",\"data\":{\"underlying_price\":2167.1,"
                        + "\"timestamp\":1617644887527,\"stats\":{\"volume\":null,\"low\":1e-4},\"min_price\""
                        + ":0.0705,\"mark_price\":0.10902200,\"last_price\":null,\"greeks\":{\"theta\":"
                        + "-3.43992,\"rho\":0.63356},\"combo\":false,\"best_bid_price\":0.097,"
                        + "\"best_ask_price\":0.0,\"instrument_name\":\"BTC-PERPETUAL\",\"ask_iv\":12}}}",
                    "deribit|{\"params\":{\"channel\":\"trades.BTC-PERPETUAL.raw\",\"data\":[{\"trade_seq\":"
                        + "30289442,\"timestamp\":1590484156350,\"price\":8950.5,\"instrument_name\":"
                        + "\"BTC-PERPETUAL\",\"amount\":10}]},\"method\":\"subscription\",\"jsonrpc\":\"2.0\"}",
                    "bitfinex|[17470,[[7254.7,-1.5,-3.3],[7254.6,0,3.3]],31]",
                    "okx|{\"arg\":{\"channel\":\"books-l2-tbt\",\"instId\":\"BTC-USDT\"},\"action\":\"upda"
                        + "te\",\"data\":[{\"asks\":[],\"bids\":[[\"196.01\",\"209\",\"0\",\"2\"],[\"195.98\",\"0\",\"0"
                        + "\",\"0\"]],\"ts\":\"1626995756692\",\"checksum\":1472505874}]}",
                    "okx|{\"arg\":{\"channel\":\"books50-l2-tbt\",\"instId\":\"BTC-USDT\"},\"action\":\"sn"
                        + "apshot\",\"data\":[{\"asks\":[[\"8476.98\",\"415\",\"0\",\"13\"]],\"bids\":[[\"8476.97\","
                        + "\"256\",\"0\",\"12\"]],\"ts\":\"1597026383085\",\"checksum\":0,\"seqId\":123,\"prevSeqI"
                        + "d\":-1}]}",
                    "bybit-linear|{\"topic\":\"orderbook.50.BTCUSDT\",\"type\":\"snapshot\",\"ts\":2,\"d"
                        + "ata\":{\"s\":\"BTCUSDT\",\"b\":[],\"a\":[[\"16611.00\",\"0.029\"],[\"16611.50\",\"1\"]],\""
                        + "u\":1,\"seq\":7961638724},\"cts\":1672304484976}",
                    "kraken|[2496,{\"as\":[[\"0.000023000\",\"10.00000000\",\"1617666400.890108\"],[\""
                        + "0.1\",\"2\",\"1617666400.8\",\"r\"]],\"bs\":[[\"0.000021970\",\"12322.83168662\",\"161"
                        + "7666489.890108\"]]},\"book-1000\",\"XBT/USDT\"]",
                    "kraken|[2496,{\"b\":[[\"0.000021970\",\"12322.83168662\",\"1617666489.890108\"]]"
                        + ",\"c\":\"108935274\"},\"book-1000\",\"XBT/USDT\"]",
                    "kraken|[320,{\"a\":[[\"58899.60000\",\"0.00000000\",\"1617666478.187829\"]]},{\"b"
                        + "\":[[\"58740.00000\",\"0.10000000\",\"1617666539.868700\",\"r\"]],\"c\":\"3910794174"
                        + "\"},\"book-25\",\"BTC/USDT\"]",
                    "kraken-futures|{\"feed\":\"book\",\"product_id\":\"PF_XBTUSD\",\"side\":\"buy\",\"seq"
                        + "\":26660957,\"price\":2006.1,\"qty\":3831.0,\"timestamp\":1626994928404}",
                    "coinbase-exchange|{\"type\":\"l2update\",\"product_id\":\"BTC-USDT\",\"changes\":["
                        + "[\"buy\",\"3.2857\",\"140.93\"],[\"sell\",\"0.000000000123\",\"0.00\"]],\"time\":\"2021"
                        + "-04-17T16:43:37.242188Z\"}",
                    "coinbase-advanced|{\"channel\":\"ticker\",\"timestamp\":\"2026-08-09T21:05:48.47915"
                        + "Z\",\"sequence_num\":12,\"events\":[{\"type\":\"update\",\"tickers\":[{\"type\":"
                        + "\"ticker\",\"product_id\":\"BTC-USDT\",\"price\":\"65083.67\",\"volume_24_h\":"
                        + "\"2867.54\",\"low_24_h\":\"64675.22\",\"high_24_h\":\"65252\",\"low_52_w\":"
                        + "\"57717.55\",\"high_52_w\":\"126296\",\"price_percent_chg_24_h\":\"-0.09\","
                        + "\"best_bid\":\"65083.6600\",\"best_ask\":\"65083.67\",\"best_bid_quantity\":"
                        + "\"0.2\",\"best_ask_quantity\":\"0.15\"}]}]}",
                    "coinbase-advanced|{\"channel\":\"ticker\",\"client_id\":\"\",\"timestamp\":\"2023-02-"
                        + "09T20:30:37.16735Z\",\"sequence_num\":0,\"events\":[{\"type\":\"snapshot\","
                        + "\"tickers\":[{\"type\":\"ticker\",\"product_id\":\"BTC-USDT\",\"price\":\"0\","
                        + "\"volume_24_h\":\"16038.28\",\"low_24_h\":\"21835.29\",\"high_24_h\":\"23011\","
                        + "\"low_52_w\":\"15460\",\"high_52_w\":\"48240\",\"price_percent_chg_24_h\":"
                        + "\"-4.1\",\"best_bid\":\"21931.98\",\"best_bid_quantity\":\"8000.21\","
                        + "\"best_ask\":\"0.00\",\"best_ask_quantity\":\"8000.46\"}]}]}",
                    "coinbase-advanced|{\"channel\":\"market_trades\",\"timestamp\":\"2026-08-09T21:05:48."
                        + "251397169Z\",\"sequence_num\":9,\"events\":[{\"type\":\"update\",\"trades\":[{"
                        + "\"product_id\":\"BTC-USDT\",\"trade_id\":\"1068572091\",\"price\":\"65083.670\","
                        + "\"size\":\"0.01034361\",\"time\":\"2026-08-09T21:05:48.167634Z\",\"side\":"
                        + "\"SELL\"}]}]}",
                    "coinbase-advanced|{\"channel\":\"l2_data\",\"timestamp\":\"2026-08-09T21:05:53."
                        + "170497445Z\",\"sequence_num\":200,\"events\":[{\"type\":\"update\",\"product_id\":\""
                        + "BTC-USDT\",\"updates\":[{\"side\":\"bid\",\"event_time\":\"2026-08-09T21:05:53.149"
                        + "557Z\",\"price_level\":\"1918.01\",\"new_quantity\":\"5.85483367\"},{\"side\":\"offe"
                        + "r\",\"event_time\":\"2026-08-09T21:05:53.1495Z\",\"price_level\":\"1920.350\",\"ne"
                        + "w_quantity\":\"0\"}]}]}",
                    "coinbase-advanced|{\"channel\":\"l2_data\",\"client_id\":\"\",\"timestamp\":\"2026-"
                        + "08-09T21:05:53Z\",\"sequence_num\":0,\"events\":[{\"type\":\"snapshot\",\"product_"
                        + "id\":\"BTC-USDT\",\"updates\":[{\"side\":\"bid\",\"event_time\":\"1970-01-01T00:00:0"
                        + "0Z\",\"price_level\":\"1\",\"new_quantity\":\"5e1\"}]}]}",
                    "bitfinex|[17470,[0.02182,1,-19939.46],180]",
                    "bitfinex|[17470,[281370,0,1],7]",
                    "bitfinex|[17470,[[7254.7,3,3.3],[0.00000725,1,-12345678.87654321]],31]",
                    "bitfinex|[17470,[2e-8,0,1],50]",
                    "bitfinex|[17470,[[2.50e-8,3,3.3],[0.00000725,1,-1e-7]],31]",
                    "bitfinex|[17472,[0.068965,60157.36709703,0.0774,48578.5,-0.001969,-2e-6,"
                            + "0.076989,101459.39,0.08,0],52]",
                    "bitfinex|[17471,[[669899159,1618665870435,166.391496,0.076989],[669899158,"
                            + "1618665870435,-6.5e-7,0.08]],8]",
                    "bitfinex|[17471,\"te\",[669899159,1618665870435,-166.39,0.076989],9]",
                    "bitfinex|[17470,\"hb\",181]");

    /** Gives the arrays of Bitfinex their meaning. */
    private static final String SUBSCRIBED =
            "{\"event\":\"subscribed\",\"channel\":\"%s\",\"chanId\":%d,\"symbol\":\"tBTCUSD\"}";

    @Test
    void binanceIsReadAlike() {
        for (final String venue : List.of("binance-usdm", "binance-spot")) {
            BINANCE.forEach(frame -> alike(venue, frame));
        }
    }

    @Test
    void theOtherVenuesAreReadAlike() {
        for (final String frame : OTHERS) {
            alike(frame.substring(0, frame.indexOf('|')), frame.substring(frame.indexOf('|') + 1));
        }
    }

    private void alike(final String name, final String frame) {
        final Venue venue = Venues.find(name);
        for (final String symbol :
                List.of(
                        "BTCUSDT",
                        "BTCUSD_PERP",
                        "BTC-USDT",
                        "BTC-PERPETUAL",
                        "XBT/USDT",
                        "PF_XBTUSD",
                        "BTC/USDT",
                        "tBTCUSD")) {
            instruments.add(name, symbol, symbol);
        }
        final MessageDecoder usual = venue.decoder(instruments, Venue.UnknownSymbols.IGNORE);
        final MessageDecoder general = venue.decoder(instruments, Venue.UnknownSymbols.IGNORE);
        final byte[] whole = frame.getBytes(StandardCharsets.UTF_8);
        if (name.equals("bitfinex")) {
            subscribed("book", 17_470, usual, general);
            subscribed("trades", 17_471, usual, general);
            subscribed("ticker", 17_472, usual, general);
        }
        compare(usual, general, whole);
        for (int length = 0; length < whole.length; length++) {
            compare(usual, general, Arrays.copyOf(whole, length));
        }
        for (int i = 0; i < CHANGES_PER_FRAME; i++) {
            compare(usual, general, changed(whole));
        }
    }

    private void subscribed(
            final String channel,
            final int number,
            final MessageDecoder usual,
            final MessageDecoder general) {
        final String text = SUBSCRIBED.formatted(channel, number);
        compare(usual, general, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A few bytes are other ones, more, fewer, or stand elsewhere. */
    private byte[] changed(final byte[] whole) {
        final StringBuilder text =
                new StringBuilder(new String(whole, StandardCharsets.ISO_8859_1));
        for (int change = random.nextInt(3); change >= 0; change--) {
            final int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, JUNK.charAt(random.nextInt(JUNK.length())));
                case 1 -> text.insert(at, JUNK.charAt(random.nextInt(JUNK.length())));
                case 2 -> text.deleteCharAt(at);
                case 3 -> text.setCharAt(at, (char) random.nextInt(256));
                default -> {
                    final int to = Math.min(text.length(), at + 1 + random.nextInt(24));
                    text.insert(random.nextInt(text.length()), text.substring(at, to));
                }
            }
            if (text.isEmpty()) {
                text.append(' ');
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void compare(
            final MessageDecoder usual, final MessageDecoder general, final byte[] frame) {
        final byte[] behind = new byte[frame.length + EightBytes.SLACK + 3];
        for (int i = 0; i < behind.length; i++) {
            behind[i] = (byte) JUNK.charAt(random.nextInt(JUNK.length()));
        }
        System.arraycopy(frame, 0, behind, 3, frame.length);
        final List<String> expected = events(general, frame, 0, frame.length);
        final List<String> actual = events(usual, behind, 3, frame.length);
        assertEquals(
                expected,
                actual,
                () -> "seed " + SEED + ": " + new String(frame, StandardCharsets.ISO_8859_1));
    }

    private List<String> events(
            final MessageDecoder decoder, final byte[] bytes, final int offset, final int length) {
        final List<String> events = new ArrayList<>();
        message.set(InboundType.FRAME_TEXT, 2, 1, 0, 1_000, bytes, offset, length);
        decoder.decode(message, draft.begin(message), event -> events.add(words(event)));
        return events;
    }

    private static String words(final MarketEvent event) {
        if (event.type == EventType.UNPARSED) {
            return "UNPARSED";
        }
        final StringBuilder out = new StringBuilder();
        out.append(event.type)
                .append(' ')
                .append(event.channel)
                .append(' ')
                .append(event.instrument);
        out.append(' ').append(event.venueNs).append(' ').append(event.transactNs);
        out.append(' ').append(event.firstSequence).append(' ').append(event.lastSequence);
        out.append(' ').append(event.previousSequence).append(' ').append(event.connectionSequence);
        out.append(' ')
                .append(event.rule)
                .append(' ')
                .append(event.book)
                .append(' ')
                .append(event.checksum);
        out.append(' ').append(event.count).append(' ').append(event.bookDepth);
        out.append(' ').append(event.checksumRule).append(' ').append(event.countedPerConnection);
        for (final Decimal value :
                List.of(
                        event.price,
                        event.quantity,
                        event.bid,
                        event.ask,
                        event.mark,
                        event.index)) {
            out.append(' ').append(value.isGiven()).append(value.mantissa()).append('e');
            out.append(value.exponent()).append(value.inexact());
        }
        final BookLevels levels = event.levels;
        for (int i = 0; i < levels.count(); i++) {
            out.append(levels.isBid(i) ? " bid " : " ask ").append(levels.price(i)).append('e');
            out.append(levels.priceExponent(i)).append(' ').append(levels.size(i)).append('e');
            out.append(levels.sizeExponent(i));
        }
        return out.toString();
    }
}
