package io.plumbline.feed.redis;

import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.Rung;
import io.plumbline.market.ValueFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * By which formats a value may be read as a price: those under which the monitor's own reader finds
 * a positive number that is no time of day, those with a telling name first. Cold path.
 */
public final class FormatGuess {
    /** The most formats of one key: each is watched for itself. */
    public static final int MOST = 6;

    private static final Pattern SAYABLE = Pattern.compile("[^,=:\\s.]{1,100}");
    private static final List<String> TELLING =
            List.of(
                    "last",
                    "price",
                    "p",
                    "bid",
                    "ask",
                    "mid",
                    "mark",
                    "index",
                    "markprice",
                    "lastprice",
                    "c",
                    "b",
                    "a",
                    "value",
                    "v");

    /** No price of anything, but milliseconds, microseconds or nanoseconds since 1973. */
    private static final Decimal TIME = Decimal.of("1e11");

    private FormatGuess() {}

    /** The formats, the likeliest first; none where nothing in it can be a price. */
    public static List<ValueFormat> of(final FoundKey key) {
        if (!key.fields().isEmpty()) {
            return chosen(
                    key,
                    key.fields().keySet().stream()
                            .sorted()
                            .filter(field -> SAYABLE.matcher(field).matches())
                            .map(field -> format(ValueFormat.Kind.HASH, field)));
        }
        if (key.value() == null) {
            return List.of();
        }
        final List<ValueFormat> plain = chosen(key, Stream.of(ValueFormat.PLAIN));
        if (!plain.isEmpty()) {
            return plain;
        }
        final PathList paths = new PathList();
        final byte[] value = key.value();
        if (new JsonPath(paths).scan(value, 0, value.length)) {
            return chosen(key, ValueFormat.Kind.JSON, paths);
        }
        return new MessagePackPath(paths).scan(value, 0, value.length)
                ? chosen(key, ValueFormat.Kind.MSGPACK, paths)
                : List.of();
    }

    private static List<ValueFormat> chosen(
            final FoundKey key, final ValueFormat.Kind kind, final PathList paths) {
        return chosen(
                key,
                paths.found().stream()
                        .filter(FormatGuess::isSayable)
                        .map(path -> format(kind, path)));
    }

    private static boolean isSayable(final String path) {
        return path.equals(".")
                || Stream.of(path.split("\\.", -1)).allMatch(n -> SAYABLE.matcher(n).matches());
    }

    private static ValueFormat format(final ValueFormat.Kind kind, final String path) {
        return new ValueFormat(kind, path, "", "");
    }

    private static List<ValueFormat> chosen(final FoundKey key, final Stream<ValueFormat> formats) {
        final List<ValueFormat> readable =
                new ArrayList<>(formats.filter(format -> isPrice(key, format)).toList());
        readable.sort(Comparator.comparingInt(FormatGuess::rank));
        return List.copyOf(readable.subList(0, Math.min(MOST, readable.size())));
    }

    private static int rank(final ValueFormat format) {
        final String path = format.price().toLowerCase(Locale.ROOT).replace("_", "");
        final int rank = TELLING.indexOf(path.substring(path.lastIndexOf('.') + 1));
        return rank < 0 ? TELLING.size() : rank;
    }

    private static boolean isPrice(final FoundKey key, final ValueFormat format) {
        final byte[] value =
                format.kind() == ValueFormat.Kind.HASH
                        ? key.fields().get(format.price())
                        : key.value();
        final ObservationWriter writer = new ObservationWriter();
        final RedisObservation seen = new RedisObservation();
        final MarketEvent draft = new MarketEvent().clear();
        final int length =
                writer.present(
                        "key".getBytes(StandardCharsets.US_ASCII),
                        Rung.SWEEP,
                        MarketEvent.NONE,
                        MarketEvent.NONE,
                        value,
                        null,
                        null);
        return seen.wrap(writer.buffer(), 0, length)
                && new ValueReader(format).read(seen, draft) == ValueFault.NONE
                && (draft.price.compareTo(TIME) < 0 || draft.price.exponent() < 0);
    }
}
