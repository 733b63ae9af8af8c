package io.plumbline.feed.sim;

import java.util.List;
import java.util.Map;

/**
 * One planned fault.
 *
 * @param id its number in the script, from 1
 * @param kind what is broken
 * @param venue the venue that it is about
 * @param symbol the ccxt symbol, "" when it is about a whole connection or the writer
 * @param keys the Redis keys that are then wrong
 * @param startNs when it begins, ns since the epoch
 * @param endNs when it is over, ns since the epoch
 * @param parameters how exactly, by name (see {@link FaultParameter})
 */
public record Fault(
        int id,
        FaultKind kind,
        String venue,
        String symbol,
        List<String> keys,
        long startNs,
        long endNs,
        Map<FaultParameter, String> parameters) {

    /** A parameter's text; IllegalArgumentException when the fault lacks it. */
    public String text(final FaultParameter name) {
        final String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException(kind + " needs the parameter " + name.label());
        }
        return value;
    }

    /** A parameter that is a number. */
    public long number(final FaultParameter name) {
        return Long.parseLong(text(name));
    }

    /** What stands on the terminal: the label and whom it hits. */
    public String announcement() {
        final StringBuilder text = new StringBuilder(kind.label());
        text.append(": ").append(venue.isEmpty() ? "all keys" : venue);
        if (!symbol.isEmpty()) {
            text.append(' ').append(symbol);
        }
        parameters.forEach(
                (name, value) -> text.append(", ").append(name.label()).append(' ').append(value));
        return text.toString();
    }
}
