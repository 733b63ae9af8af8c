package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.byteAt;

import io.plumbline.feed.venue.sbe.BestBidAskEventDecoder;
import io.plumbline.feed.venue.sbe.DepthDiffEventDecoder;
import io.plumbline.feed.venue.sbe.DepthSnapshotEventDecoder;
import io.plumbline.feed.venue.sbe.TradesEventDecoder;
import io.plumbline.market.Channel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Requests and answers are JSON as on the other Binance markets; data is binary and names its
 * symbol at its end.
 */
final class BinanceSbeDialogue implements Dialogue {
    private static final int TEMPLATE_ID = 2;
    private static final int HEADER = 8;

    private final BinanceDialogue json = new BinanceDialogue();

    @Override
    public List<Request> requests(final List<String> streams) {
        return json.requests(streams);
    }

    @Override
    public Control control(final ByteBuffer message) {
        return isBinary(message) ? null : json.control(message);
    }

    /** Text begins with a brace; that the high byte of a block's length follows is no text's. */
    private static boolean isBinary(final ByteBuffer message) {
        return message.remaining() >= HEADER
                && (byteAt(message, 0) != '{' || byteAt(message, 1) == 0);
    }

    /** Told where the whole message is shown: of quotes, most trades, changes of a few levels. */
    @Override
    public String streamOf(final ByteBuffer head) {
        if (!isBinary(head)) {
            return json.streamOf(head);
        }
        final ByteBuffer bytes = head.slice().order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(Math.min(bytes.limit(), HEADER + (bytes.getShort(0) & 0xFFFF)));
        return switch (bytes.getShort(TEMPLATE_ID) & 0xFFFF) {
            case TradesEventDecoder.TEMPLATE_ID ->
                    skipGroup(bytes, true) ? stream(bytes, Channel.TRADE) : null;
            case BestBidAskEventDecoder.TEMPLATE_ID -> stream(bytes, Channel.BOOK_TICKER);
            case DepthSnapshotEventDecoder.TEMPLATE_ID ->
                    skipGroup(bytes, false) && skipGroup(bytes, false)
                            ? stream(bytes, Channel.DEPTH_SNAPSHOT)
                            : null;
            case DepthDiffEventDecoder.TEMPLATE_ID ->
                    skipGroup(bytes, false) && skipGroup(bytes, false)
                            ? stream(bytes, Channel.DEPTH)
                            : null;
            default -> null;
        };
    }

    /** Passes over a group, counted in 32 bits or 16; false where it is not shown to its end. */
    private static boolean skipGroup(final ByteBuffer bytes, final boolean wide) {
        if (bytes.remaining() < Short.BYTES + (wide ? Integer.BYTES : Short.BYTES)) {
            return false;
        }
        final long block = bytes.getShort() & 0xFFFF;
        final long count = wide ? bytes.getInt() & 0xFFFF_FFFFL : bytes.getShort() & 0xFFFF;
        if (count * block > bytes.remaining()) {
            return false;
        }
        bytes.position(bytes.position() + (int) (count * block));
        return true;
    }

    private static String stream(final ByteBuffer bytes, final Channel channel) {
        final int length = bytes.hasRemaining() ? bytes.get() & 0xFF : 0;
        if (length == 0 || length > bytes.remaining()) {
            return null;
        }
        final byte[] symbol = new byte[length];
        bytes.get(symbol);
        return BinanceSpotSbe.stream(new String(symbol, StandardCharsets.UTF_8), channel);
    }
}
