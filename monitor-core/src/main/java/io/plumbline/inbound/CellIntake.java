package io.plumbline.inbound;

import com.lmax.disruptor.RingBuffer;

/**
 * Shows the cells of the inbound ring to one handler as messages: in place, or put together in a
 * buffer of its own for the rare one that runs over the end of the slab. Consumer thread only.
 */
final class CellIntake implements RingConsumer.Intake {
    private final RingBuffer<Cell> ring;
    private final Slab slab;
    private final InboundHandler handler;
    private final InboundMessage message = new InboundMessage();

    /** Grows to the longest message that ever ran over the end, so at most to the longest. */
    private byte[] scratch = {};

    CellIntake(final RingBuffer<Cell> ring, final Slab slab, final InboundHandler handler) {
        this.ring = ring;
        this.slab = slab;
        this.handler = handler;
    }

    @Override
    public int size(final long first, final long available) {
        final Cell cell = ring.get(first);
        if (cell.type == null) {
            return VOID;
        }
        final int cells = slab.cells(cell.length);
        return first + cells - 1 > available ? PARTIAL : cells;
    }

    @Override
    public void take(final long first) {
        final Cell cell = ring.get(first);
        final int length = cell.length;
        final boolean wraps = slab.wraps(first, length);
        if (wraps) {
            if (scratch.length < length) {
                scratch = new byte[Math.max(length, 2 * scratch.length)];
            }
            slab.assemble(first, length, scratch);
        }
        message.set(
                cell.type,
                cell.source,
                cell.epoch,
                cell.droppedBefore,
                cell.stampNs,
                wraps ? scratch : slab.bytes(),
                wraps ? 0 : slab.start(first),
                length);
        handler.onMessage(message);
    }

    @Override
    public void onBatchEnd() {
        handler.onBatchEnd();
    }
}
