package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code public/get_instruments}: {@code {"result":[{"instrument_name":..,"tick_size":..}]}}.
 * Some megabytes, every few hours: cold path.
 *
 * <p>Options have {@code tick_size_steps}: from a price on, a coarser tick. We know one tick per
 * instrument, so it is the finest one, on whose grid every legal price lies; a price off the
 * coarser grid is not noticed. Where a step is no multiple of the finest tick there is no such
 * grid, and the rule is off.
 */
final class DeribitInstruments {
    /** The most instruments that are read; further ones are left out. */
    private static final int LIMIT = 50_000;

    private static final byte[] RESULT = ascii("result");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] MESSAGE = ascii("message");
    private static final byte[] INSTRUMENT_NAME = ascii("instrument_name");
    private static final byte[] TICK_SIZE = ascii("tick_size");
    private static final byte[] TICK_SIZE_STEPS = ascii("tick_size_steps");

    /** Digits and exponent of a tick that is believed: it must not cost time. */
    private static final int MOST_CHARACTERS = 32;

    private static final int MOST_SCALE = 64;

    private DeribitInstruments() {}

    static List<Venue.Reference> read(final InputStream body) throws IOException {
        final byte[] bytes = body.readAllBytes();
        final JsonCursor cursor = new JsonCursor();
        cursor.reset(bytes, 0, bytes.length);
        List<Venue.Reference> listed = null;
        String refusal = "it has no \"result\"";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(RESULT) && cursor.peek() == '[') {
                    listed = instruments(cursor);
                } else if (cursor.keyIs(ERROR)) {
                    refusal = refusal(cursor, refusal);
                } else {
                    cursor.skip();
                }
            }
        }
        if (!cursor.end()) {
            throw new IOException(
                    "get_instruments is not JSON from byte " + cursor.errorPosition() + " on");
        }
        if (listed == null) {
            throw new IOException("get_instruments cannot be read: " + refusal);
        }
        return listed;
    }

    private static List<Venue.Reference> instruments(final JsonCursor cursor) {
        final List<Venue.Reference> listed = new ArrayList<>();
        cursor.beginArray();
        while (cursor.nextElement()) {
            String name = "";
            final List<String> ticks = new ArrayList<>();
            if (cursor.beginObject()) {
                while (cursor.nextKey()) {
                    if (cursor.keyIs(INSTRUMENT_NAME)) {
                        name = cursor.string() ? cursor.stringText() : "";
                    } else if (cursor.keyIs(TICK_SIZE)) {
                        tick(cursor, ticks);
                    } else if (cursor.keyIs(TICK_SIZE_STEPS) && cursor.peek() == '[') {
                        steps(cursor, ticks);
                    } else {
                        cursor.skip();
                    }
                }
            }
            if (!name.isEmpty() && listed.size() < LIMIT) {
                listed.add(new Venue.Reference(name, grid(ticks)));
            }
        }
        return listed;
    }

    private static void steps(final JsonCursor cursor, final List<String> ticks) {
        cursor.beginArray();
        while (cursor.nextElement()) {
            if (cursor.beginObject()) {
                while (cursor.nextKey()) {
                    if (cursor.keyIs(TICK_SIZE)) {
                        tick(cursor, ticks);
                    } else {
                        cursor.skip();
                    }
                }
            }
        }
    }

    private static void tick(final JsonCursor cursor, final List<String> ticks) {
        ticks.add(cursor.number() ? cursor.stringText() : "");
    }

    /** The finest tick as it was written, if all others are multiples of it; else "". */
    private static String grid(final List<String> ticks) {
        String finest = "";
        BigDecimal least = null;
        final List<BigDecimal> sizes = new ArrayList<>();
        for (final String tick : ticks) {
            final BigDecimal size = size(tick);
            if (size == null) {
                return "";
            }
            sizes.add(size);
            if (least == null || size.compareTo(least) < 0) {
                least = size;
                finest = tick;
            }
        }
        for (final BigDecimal size : sizes) {
            if (size.remainder(least).signum() != 0) {
                return "";
            }
        }
        return finest;
    }

    /** A positive number of a sane length, or null. */
    private static BigDecimal size(final String tick) {
        if (tick.isEmpty() || tick.length() > MOST_CHARACTERS) {
            return null;
        }
        try {
            final BigDecimal size = new BigDecimal(tick);
            return size.signum() > 0 && Math.abs(size.scale()) <= MOST_SCALE ? size : null;
        } catch (final NumberFormatException notANumber) {
            return null;
        }
    }

    private static String refusal(final JsonCursor cursor, final String otherwise) {
        String words = otherwise;
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(MESSAGE)) {
                    words = cursor.string() ? cursor.stringText() : words;
                } else {
                    cursor.skip();
                }
            }
        }
        return words;
    }
}
