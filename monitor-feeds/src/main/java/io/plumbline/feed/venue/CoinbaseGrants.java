package io.plumbline.feed.venue;

import io.plumbline.feed.venue.Dialogue.Control;
import io.plumbline.feed.venue.Dialogue.Control.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whose answer it is: Coinbase's requests carry no number. A grant lists all that the connection is
 * subscribed to by then, so it answers the request whose streams it lists; a refusal names the
 * product, or nothing. What was asked for and is not in the list was refused in silence. Event loop
 * only.
 */
final class CoinbaseGrants {
    private static final class Asked {
        final int id;
        final List<String> streams;

        Asked(final int id, final List<String> streams) {
            this.id = id;
            this.streams = streams;
        }
    }

    private final List<Asked> open = new ArrayList<>();
    private Set<String> before = Set.of();

    /**
     * A request is sent.
     *
     * @param streams what it asks for, {@code channel:product}
     */
    void asked(final int id, final List<String> streams) {
        open.add(new Asked(id, List.copyOf(streams)));
    }

    /**
     * The venue lists what is granted.
     *
     * @param granted {@code channel:product} of all of it
     */
    Control granted(final Set<String> granted) {
        final boolean news = !before.containsAll(granted);
        before = new HashSet<>(granted);
        for (final Asked asked : open) {
            final List<String> missing =
                    asked.streams.stream().filter(stream -> !has(granted, stream)).toList();
            if (missing.size() < asked.streams.size()) {
                open.remove(asked);
                return missing.isEmpty()
                        ? new Control(Kind.ACK, asked.id, "")
                        : notGranted(asked.id, missing);
            }
        }
        if (news || open.isEmpty()) {
            return new Control(Kind.OTHER, -1, "granted " + granted);
        }
        final Asked oldest = open.remove(0);
        return notGranted(oldest.id, oldest.streams);
    }

    private static boolean has(final Set<String> granted, final String stream) {
        return granted.contains(stream) || granted.contains(CoinbaseSymbols.shared(stream));
    }

    private static Control notGranted(final int id, final List<String> missing) {
        return new Control(Kind.ERROR, id, "not granted: " + String.join(", ", missing));
    }

    /** The venue refuses something; a request of it that names its product is the one. */
    Control refused(final String words) {
        for (final Asked asked : open) {
            for (final String stream : asked.streams) {
                final String product = stream.substring(stream.indexOf(':') + 1);
                if (words.contains(product)) {
                    open.remove(asked);
                    return new Control(Kind.ERROR, asked.id, words);
                }
            }
        }
        return new Control(Kind.ERROR, open.isEmpty() ? -1 : open.remove(0).id, words);
    }
}
