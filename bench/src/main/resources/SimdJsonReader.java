import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;
import org.simdjson.JsonValue;
import org.simdjson.SimdJsonParser;

/**
 * The same fields of Binance's messages by simdjson-java, or every value of any other. Compiled in
 * the run: see SimdJson.
 */
public final class SimdJsonReader implements LongSupplier {
    private final SimdJsonParser parser = new SimdJsonParser();
    private final byte[][] messages;
    private final boolean whole;
    private long sum;

    public SimdJsonReader(final byte[][] messages, final boolean whole) {
        this.messages = messages;
        this.whole = whole;
    }

    @Override
    public long getAsLong() {
        sum = 0;
        for (final byte[] message : messages) {
            final JsonValue root = parser.parse(message, message.length);
            if (whole) {
                every(root);
            } else {
                final JsonValue data = root.get("data");
                fields(data == null ? root : data);
            }
        }
        return sum;
    }

    private void fields(final JsonValue object) {
        for (final Iterator<Map.Entry<String, JsonValue>> all = object.objectIterator();
                all.hasNext(); ) {
            final Map.Entry<String, JsonValue> entry = all.next();
            final JsonValue value = entry.getValue();
            switch (entry.getKey()) {
                case "E", "T", "t", "U", "u", "pu" -> sum += value.asLong();
                case "s" -> sum += value.asString().length();
                case "p", "q" -> sum += price(value);
                case "b", "a" -> {
                    if (value.isArray()) {
                        for (final Iterator<JsonValue> levels = value.arrayIterator();
                                levels.hasNext(); ) {
                            for (final Iterator<JsonValue> level = levels.next().arrayIterator();
                                    level.hasNext(); ) {
                                sum += price(level.next());
                            }
                        }
                    } else {
                        sum += value.isString() ? price(value) : value.asLong();
                    }
                }
                default -> {
                    // Not looked at, as in the others.
                }
            }
        }
    }

    private static long price(final JsonValue value) {
        return new BigDecimal(value.asString()).unscaledValue().longValue();
    }

    private void every(final JsonValue value) {
        if (value.isObject()) {
            for (final Iterator<Map.Entry<String, JsonValue>> all = value.objectIterator();
                    all.hasNext(); ) {
                every(all.next().getValue());
            }
        } else if (value.isArray()) {
            for (final Iterator<JsonValue> all = value.arrayIterator(); all.hasNext(); ) {
                every(all.next());
            }
        } else if (value.isString()) {
            sum += value.asString().length();
        } else if (value.isLong()) {
            sum += value.asLong();
        } else if (value.isDouble()) {
            sum += (long) value.asDouble();
        }
    }
}
