package io.plumbline.app.replay;

import io.plumbline.feed.redis.RedisObservation;
import io.plumbline.finding.FindingJson;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.Reading;
import java.math.BigDecimal;
import java.nio.ByteBuffer;

/** One record of a journal as a line for a person. One thread. */
public final class RecordLine {
    /** What stands above the lines. */
    public static final String HEADER =
            String.format(
                    "%-30s %9s %-24s %5s %-12s %7s %8s %s",
                    "time", "sequence", "source", "epoch", "type", "dropped", "bytes", "content");

    private static final int MS_DIGITS = 6;
    private static final int S_DIGITS = 9;
    private static final Measure[] MEASURES = Measure.values();

    private final RecordedSources sources;
    private final RedisObservation observation = new RedisObservation();
    private final Reading reading = new Reading();

    /**
     * @param sources learned by the caller before the records that they name
     */
    public RecordLine(final RecordedSources sources) {
        this.sources = sources;
    }

    /**
     * Appends {@code record} without a line end; any bytes will do.
     *
     * @param sequence 0 for prelude, which has neither sequence nor source
     */
    public void append(final InboundMessage record, final long sequence, final StringBuilder out) {
        FindingJson.time(out, record.stampNs);
        final String name = sources.name(record.source);
        out.append(
                String.format(
                        " %9s %-24s %5s %-12s %7d %8d ",
                        sequence == 0 ? "-" : Long.toString(sequence),
                        sequence == 0 ? "-" : name.isEmpty() ? "?" + record.source : name,
                        sequence == 0 ? "-" : Integer.toString(record.epoch),
                        record.type,
                        record.droppedBefore,
                        record.length));
        content(record, out);
    }

    private void content(final InboundMessage record, final StringBuilder out) {
        switch (record.type) {
            case REDIS_VALUE:
            case REDIS_EVENT:
                if (observation.wrap(record.bytes, record.offset, record.length)) {
                    observation(record.stampNs, out);
                } else {
                    out.append("no observation that this build knows: ");
                    Excerpt.hex(record.bytes, record.offset, record.length, out);
                }
                break;
            case PROBE:
                if (reading.wrap(record.bytes, record.offset, record.length)) {
                    reading(out);
                } else {
                    out.append("no reading that this build knows: ");
                    Excerpt.hex(record.bytes, record.offset, record.length, out);
                }
                break;
            case TIMER:
                timer(record, out);
                break;
            case FRAME_BINARY:
                Excerpt.hex(record.bytes, record.offset, record.length, out);
                break;
            default:
                Excerpt.text(record.bytes, record.offset, record.length, out);
                break;
        }
    }

    private static void timer(final InboundMessage record, final StringBuilder out) {
        if (record.length == Long.BYTES) {
            final long wallNs =
                    ByteBuffer.wrap(record.bytes, record.offset, record.length).getLong();
            final long aheadNs = wallNs - record.stampNs;
            out.append("wall clock ").append(aheadNs < 0 ? "" : "+");
            decimal(aheadNs, MS_DIGITS, out).append(" ms");
        } else {
            Excerpt.hex(record.bytes, record.offset, record.length, out);
        }
    }

    private void reading(final StringBuilder out) {
        out.append(reading.kind == null ? "a kind that this build does not know" : reading.kind)
                .append(' ');
        Excerpt.text(reading.bytes, reading.targetOffset, reading.targetLength, out);
        if (reading.itemLength > 0) {
            Excerpt.text(reading.bytes, reading.itemOffset, reading.itemLength, out.append(' '));
        }
        out.append(reading.failed() ? " FAILED" : "");
        for (final Measure measure : MEASURES) {
            if (reading.has(measure)) {
                out.append(' ').append(measure).append('=').append(reading.value(measure));
            }
        }
        if (reading.textLength > 0) {
            out.append(": ");
            Excerpt.text(reading.bytes, reading.textOffset, reading.textLength, out);
            out.append(reading.textCut() ? " (cut)" : "");
        }
    }

    private void observation(final long stampNs, final StringBuilder out) {
        if (observation.keyLength == 0) {
            out.append("(all keys)");
        }
        Excerpt.text(observation.bytes, observation.keyOffset, observation.keyLength, out);
        if (observation.wrongType()) {
            out.append(" holds another Redis type");
        } else if (observation.state == KeyState.PRESENT && !observation.fieldGiven()) {
            out.append(" has no such field");
        } else if (observation.state == KeyState.PRESENT) {
            out.append(" = ");
            Excerpt.text(observation.bytes, observation.valueOffset, observation.valueLength, out);
            out.append(observation.tooLong() ? " (cut)" : "");
        }
        out.append(' ').append(observation.state).append(' ').append(observation.rung.label());
        ttl(stampNs, out);
        embedded(" sequence ", observation.sequenceOffset, observation.sequenceLength, out);
        embedded(" time ", observation.timeOffset, observation.timeLength, out);
    }

    private void ttl(final long stampNs, final StringBuilder out) {
        if (observation.expiresAtNs == MarketEvent.NEVER) {
            out.append(" no ttl");
        } else if (observation.expiresAtNs != MarketEvent.NONE) {
            decimal(observation.expiresAtNs - stampNs, S_DIGITS, out.append(" ttl ")).append(" s");
        } else if (observation.state == KeyState.PRESENT) {
            out.append(" ttl unknown");
        }
    }

    private void embedded(
            final String label, final int offset, final int length, final StringBuilder out) {
        if (length > 0) {
            Excerpt.text(observation.bytes, offset, length, out.append(label));
        }
    }

    private static StringBuilder decimal(
            final long number, final int digits, final StringBuilder out) {
        final BigDecimal value = BigDecimal.valueOf(number, digits).stripTrailingZeros();
        return out.append(value.toPlainString());
    }
}
