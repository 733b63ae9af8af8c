package io.plumbline.bench.figure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What is usual: Jackson databind on the receiving thread, the event as an object through a
 * Disruptor that blocks, and our state and detectors on the other side of it.
 */
final class DatabindHandOver extends HandOver implements ExceptionHandler<DatabindHandOver.Slot> {
    /** A place in the ring. */
    static final class Slot {
        private ParsedMessage parsed;
        private long stampNs;
    }

    private static final byte[] NOTHING = {};

    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, Integer> instruments = new HashMap<>();
    private final RingBuffer<Slot> ring =
            RingBuffer.createSingleProducer(Slot::new, AHEAD, new BlockingWaitStrategy());
    private final BatchEventProcessor<Slot> processor =
            new BatchEventProcessorBuilder().build(ring, ring.newBarrier(), this::onSlot);
    private final Thread judge = new Thread(processor, "databind engine");
    private final InboundMessage message = new InboundMessage();
    private final ParsedDecoder decoder = new ParsedDecoder(instruments);

    DatabindHandOver(final Corpus corpus) {
        super("Jackson databind, blocking ring", corpus);
        ring.addGatingSequences(processor.getSequence());
        processor.setExceptionHandler(this);
        judge.setDaemon(true);
        judge.start();
    }

    private void onSlot(final Slot slot, final long sequence, final boolean endOfBatch) {
        decoder.next(slot.parsed);
        slot.parsed = null;
        engine.onMessage(
                message.set(
                        InboundType.FRAME_TEXT,
                        engine.source(),
                        FreshEngine.EPOCH,
                        0,
                        slot.stampNs,
                        NOTHING,
                        0,
                        0));
        judgedOne();
    }

    @Override
    FreshEngine freshEngine(final Channel channel) {
        final FreshEngine fresh = new FreshEngine(corpus, channel, decoder);
        for (int id = 0; id < fresh.world.watch.instruments().size(); id++) {
            instruments.put(fresh.world.watch.instruments().instrument(id).venueSymbol(), id);
        }
        return fresh;
    }

    @Override
    void hand(final int number) throws IOException {
        final JsonNode root =
                mapper.readTree(corpus.bytes, corpus.offsets[number], corpus.lengths[number]);
        final ParsedMessage parsed = ParsedMessage.of(root);
        final long at = ring.next();
        final Slot slot = ring.get(at);
        slot.parsed = parsed;
        slot.stampNs = FreshEngine.stampNs(number);
        ring.publish(at);
    }

    @Override
    Thread judge() {
        return judge;
    }

    @Override
    public void handleEventException(
            final Throwable thrown, final long sequence, final Slot event) {
        failed(thrown);
    }

    @Override
    public void handleOnStartException(final Throwable thrown) {
        failed(thrown);
    }

    @Override
    public void handleOnShutdownException(final Throwable thrown) {
        failed(thrown);
    }

    @Override
    public void close() {
        processor.halt();
    }
}
