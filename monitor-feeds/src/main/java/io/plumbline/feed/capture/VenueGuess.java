package io.plumbline.feed.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which venue a recording is of, and what says so. An address is believed first, then the
 * recorder's header, then the shape of the frames. {@code --venue} overrules it.
 *
 * @param venue the name that {@code Venues} knows it by
 * @param reason one clause for a person
 */
public record VenueGuess(String venue, String reason) {
    /** Records that are looked at. */
    private static final int LIMIT = 5_000;

    private static final Pattern COIN_SYMBOL =
            Pattern.compile("\"s(?:ymbol)?\"\\s*:\\s*\"[^\"]+USD_(?:PERP|[0-9]{6})\"");

    /** What an address holds; of several parts, with a star between, all of them. */
    private static final Map<String, String> HOSTS = new LinkedHashMap<>();

    private static final Map<String, String> HEADERS = new LinkedHashMap<>();

    static {
        HOSTS.put("fstream.binance.com", "binance-usdm");
        HOSTS.put("fapi.binance.com", "binance-usdm");
        HOSTS.put("dstream.binance.com", "binance-coinm");
        HOSTS.put("dapi.binance.com", "binance-coinm");
        HOSTS.put("stream-sbe.binance.com", "binance-spot-sbe");
        HOSTS.put("binance.us", "binance-us");
        HOSTS.put("binance.com", "binance-spot");
        HOSTS.put("data-stream.binance.vision", "binance-spot");
        HOSTS.put("bybit.com/v5/public/linear", "bybit-linear");
        HOSTS.put("bybit.com/v5/public/inverse", "bybit-inverse");
        HOSTS.put("bybit.com/v5/public/spot", "bybit-spot");
        HOSTS.put("bybit.com/v5/market*category=linear", "bybit-linear");
        HOSTS.put("bybit.com/v5/market*category=inverse", "bybit-inverse");
        HOSTS.put("bybit.com/v5/market*category=spot", "bybit-spot");
        HOSTS.put("okx.com", "okx");
        HOSTS.put("okex.com", "okx");
        HOSTS.put("advanced-trade-ws.coinbase.com", "coinbase-advanced");
        HOSTS.put("ws-feed.exchange.coinbase.com", "coinbase-exchange");
        HOSTS.put("ws-feed.pro.coinbase.com", "coinbase-exchange");
        HOSTS.put("futures.kraken.com", "kraken-futures");
        HOSTS.put("ws.kraken.com", "kraken");
        HOSTS.put("deribit.com", "deribit");
        HOSTS.put("bitfinex.com", "bitfinex");
        HOSTS.put("topstepx.com", "projectx");
        HEADERS.put("\"exchange\":\"BINANCE\"", "binance-spot");
        HEADERS.put("\"exchange\":\"BINANCE_US\"", "binance-us");
        HEADERS.put("\"exchange\":\"BINANCE_FUTURES\"", "binance-usdm");
        HEADERS.put("\"exchange\":\"BINANCE_DELIVERY\"", "binance-coinm");
        HEADERS.put("\"exchange\":\"OKX\"", "okx");
        HEADERS.put("\"exchange\":\"KRAKEN\"", "kraken");
        HEADERS.put("\"exchange\":\"KRAKEN_FUTURES\"", "kraken-futures");
        HEADERS.put("\"exchange\":\"DERIBIT\"", "deribit");
        HEADERS.put("\"exchange\":\"BITFINEX\"", "bitfinex");
    }

    /** Looks at the beginning of a recording; empty where nothing tells. */
    public static Optional<VenueGuess> of(final Path path) throws IOException {
        VenueGuess byFrame = null;
        try (CaptureReader reader = Captures.open(path)) {
            final CaptureRecord record = new CaptureRecord();
            for (int i = 0; i < LIMIT && reader.next(record); i++) {
                final Optional<VenueGuess> byHost = ofAddress(record.url);
                if (byHost.isPresent()) {
                    return byHost;
                }
                if (byFrame == null && record.kind == CaptureRecord.Kind.FRAME) {
                    byFrame = ofFrame(record.text());
                }
                if (byFrame != null && reader.format() != CaptureFormat.CRYPTOFEED_JSONL) {
                    break;
                }
            }
            final VenueGuess byHeader = contained(reader.header(), HEADERS, "the header ");
            return Optional.ofNullable(byHeader != null ? byHeader : byFrame);
        }
    }

    /** Of an address alone; empty where it tells nothing. */
    public static Optional<VenueGuess> ofAddress(final String url) {
        return Optional.ofNullable(contained(url, HOSTS, "the address "));
    }

    private static VenueGuess contained(
            final String text, final Map<String, String> known, final String what) {
        for (final Map.Entry<String, String> entry : known.entrySet()) {
            if (Arrays.stream(entry.getKey().split("\\*")).allMatch(text::contains)) {
                return new VenueGuess(
                        entry.getValue(),
                        what + "contains " + entry.getKey().replace("*", " and "));
            }
        }
        return null;
    }

    /** By what only one venue or market sends; null where the frame is on several. */
    private static VenueGuess ofFrame(final String frame) {
        if (COIN_SYMBOL.matcher(frame).find()) {
            return new VenueGuess("binance-coinm", "a symbol is a coin-margined contract's");
        }
        if (frame.contains("\"target\":\"Gateway")) {
            return new VenueGuess("projectx", "a hub invokes Gateway...");
        }
        if (frame.contains("\"depthUpdate\"")) {
            return frame.contains("\"pu\":")
                    ? new VenueGuess("binance-usdm", "a depth update carries pu")
                    : new VenueGuess("binance-spot", "a depth update carries no pu");
        }
        if (frame.contains("@bookTicker\"")) {
            return frame.contains("\"e\":")
                    ? new VenueGuess("binance-usdm", "a book ticker names its event")
                    : new VenueGuess("binance-spot", "a book ticker carries no event name");
        }
        if (frame.contains("\"aggTrade\"") || frame.contains("\"trade\"")) {
            return frame.contains("\"M\":")
                    ? new VenueGuess("binance-spot", "a trade carries M")
                    : new VenueGuess("binance-usdm", "a trade carries no M");
        }
        return frame.contains("\"markPriceUpdate\"")
                ? new VenueGuess("binance-usdm", "there is a mark price")
                : null;
    }
}
