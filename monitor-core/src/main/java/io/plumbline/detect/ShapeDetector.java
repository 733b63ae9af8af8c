package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.finding.Severity;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.probe.EventRule;
import io.plumbline.market.probe.NameTable;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Reading;
import io.plumbline.market.probe.Shape;
import io.plumbline.market.probe.ShapeRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * EVENT_SHAPE: the messages of a channel do not have the shape that is declared, or that its first
 * messages had. Opened with the first difference; a further one is told once; closed when several
 * messages in a row are right. A new field is told once and accepted. EVENT_SILENT: a channel that
 * spoke says nothing.
 *
 * <p>Shapes are learned here, behind the ring, so that a replay learns the same. Where a message
 * says of which kind it is, each kind has a shape of its own.
 */
public final class ShapeDetector implements Detector {
    static final String LEARNED = "learned";
    static final String NEW_FIELD = "new field";
    static final String MISSING = "missing";
    static final String RENAMED = "renamed";
    static final String TYPE = "another type";
    static final String LISTENING = "events";
    private static final int RIGHT_AGAIN = 3;
    private static final int MOST_CHANNELS = 1_024;
    private static final int MOST_VARIANTS = 64;
    private static final int MOST_TOLD = 16;
    private static final int DETAIL = 300;

    /** A channel and what its messages look like. */
    private static final class Channel {
        private final EventRule rule;
        private final String key;
        private final Map<Long, ExpectedShape> shapes = new HashMap<>();
        private final List<String> told = new ArrayList<>();
        private ExpectedShape latest;
        private long latestVariant;
        private boolean open;
        private long openedNs;
        private int right;
        private boolean silent;
        private long heardNs;

        Channel(final EventRule rule, final String key) {
            this.rule = rule;
            this.key = key;
        }
    }

    /** A subscription and the channels that were met. */
    private static final class Listening {
        private final EventRule rule;
        private final NameTable names = new NameTable(MOST_CHANNELS);
        private final List<Channel> channels = new ArrayList<>();
        private final byte[] pattern;
        private boolean deaf;
        private long sinceNs = Reading.NONE;

        Listening(final EventRule rule) {
            this.rule = rule;
            pattern = rule.pattern().getBytes(StandardCharsets.UTF_8);
        }

        Channel channel(final int id) {
            while (channels.size() <= id) {
                channels.add(new Channel(rule, names.name(channels.size()) + rule.server()));
            }
            return channels.get(id);
        }
    }

    private final List<Listening> all = new ArrayList<>();

    public ShapeDetector(final MarketState state) {
        for (final EventRule rule : state.surroundings.events) {
            final Listening listening = new Listening(rule);
            all.add(listening);
            for (final ShapeRule shape : rule.shapes()) {
                final Channel channel = listening.channel(listening.names.intern(shape.channel()));
                channel.shapes.put(Shape.hash(shape.variant()), new ExpectedShape(shape));
            }
        }
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public boolean hearsMarket() {
        return false;
    }

    @Override
    public boolean hearsValues() {
        return false;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (all.isEmpty()) {
            return;
        }
        if (event.type == EventType.TIMER) {
            for (int i = 0; i < all.size(); i++) {
                silence(all.get(i), nowNs, findings);
            }
        } else if (event.type == EventType.PROBE) {
            if (event.reading.kind == ProbeKind.EVENT) {
                message(event, nowNs, findings);
            } else if (event.reading.kind == ProbeKind.PROBE_STATE
                    && LISTENING.equals(event.reading.target())) {
                listening(event, nowNs);
            }
        }
    }

    /** While nobody listens, nobody is silent. */
    private void listening(final MarketEvent event, final long nowNs) {
        for (final Listening listening : all) {
            if (listening.rule.source() == event.source) {
                listening.deaf = event.reading.failed();
                listening.sinceNs = nowNs;
            }
        }
    }

    private void message(final MarketEvent event, final long nowNs, final FindingSink findings) {
        final Reading reading = event.reading;
        final Listening listening = of(event);
        if (listening == null) {
            return;
        }
        final int id =
                listening.names.intern(reading.bytes, reading.itemOffset, reading.itemLength);
        if (id < 0) {
            return;
        }
        final Channel channel = listening.channel(id);
        channel.heardNs = nowNs;
        if (channel.silent) {
            channel.silent = false;
            claim(FindingKind.EVENT_SILENT, Edge.CLOSE, channel, nowNs, findings);
            findings.publish();
        }
        final Shape shape = reading.shape;
        if (!shape.isGiven() || shape.tooBig() || reading.textCut()) {
            return;
        }
        final ExpectedShape expected = expected(channel, shape.variant());
        if (expected == null) {
            return;
        }
        if (!expected.isComplete()) {
            learn(channel, expected, shape, nowNs, findings);
        } else {
            compare(channel, expected, shape, nowNs, findings);
        }
    }

    private Listening of(final MarketEvent event) {
        final Reading reading = event.reading;
        for (int i = 0; i < all.size(); i++) {
            final Listening listening = all.get(i);
            if (listening.rule.source() == event.source
                    && Arrays.equals(
                            listening.pattern,
                            0,
                            listening.pattern.length,
                            reading.bytes,
                            reading.targetOffset,
                            reading.targetOffset + reading.targetLength)) {
                return listening;
            }
        }
        return null;
    }

    /** The shape for this kind of message; null where there is none and none is learned. */
    private static ExpectedShape expected(final Channel channel, final long variant) {
        if (channel.latest != null && channel.latestVariant == variant) {
            return channel.latest;
        }
        ExpectedShape expected = channel.shapes.get(variant);
        if (expected == null) {
            expected = channel.shapes.get(Shape.ROOT);
            if (expected == null || variant != Shape.ROOT && !isDeclared(channel)) {
                expected = null;
                if (channel.rule.learn() > 0 && channel.shapes.size() < MOST_VARIANTS) {
                    expected = new ExpectedShape();
                    channel.shapes.put(variant, expected);
                }
            }
        }
        channel.latest = expected;
        channel.latestVariant = variant;
        return expected;
    }

    private static boolean isDeclared(final Channel channel) {
        return channel.rule.shapes().stream()
                .anyMatch(shape -> channel.key.equals(shape.channel() + channel.rule.server()));
    }

    private void learn(
            final Channel channel,
            final ExpectedShape expected,
            final Shape shape,
            final long nowNs,
            final FindingSink findings) {
        expected.learn(shape);
        if (expected.messages() >= channel.rule.learn()) {
            expected.conclude();
            claim(FindingKind.EVENT_SHAPE, Edge.EVENT, channel, nowNs, findings)
                            .with(Evidence.CAUSE, LEARNED)
                            .with(Evidence.COUNT, expected.messages())
                            .with(Evidence.DETAIL, cut(expected.text()))
                            .severity =
                    Severity.LOW;
            findings.publish();
        }
    }

    private void compare(
            final Channel channel,
            final ExpectedShape expected,
            final Shape shape,
            final long nowNs,
            final FindingSink findings) {
        expected.begin();
        int other = -1;
        int otherHere = -1;
        int extra = -1;
        for (int i = 0; i < shape.size(); i++) {
            final int result = expected.compare(shape, i);
            if (result >= 0 && other < 0) {
                other = result;
                otherHere = i;
            } else if (result == ExpectedShape.UNKNOWN && extra < 0) {
                extra = i;
            }
        }
        final int missing = other >= 0 ? -1 : expected.missing();
        if (other >= 0) {
            differs(
                    channel,
                    TYPE,
                    expected.path(other),
                    Shape.names(expected.types(other)),
                    Shape.names(shape.types(otherHere)),
                    nowNs,
                    findings);
        } else if (missing >= 0) {
            final String renamed = renamed(expected, missing, shape);
            differs(
                    channel,
                    renamed.isEmpty() ? MISSING : RENAMED,
                    expected.path(missing),
                    Shape.names(expected.types(missing)),
                    renamed.isEmpty() ? "nothing" : renamed,
                    nowNs,
                    findings);
        } else {
            if (extra >= 0) {
                extra(channel, expected, shape, extra, nowNs, findings);
            }
            right(channel, nowNs, findings);
        }
    }

    /** A field that was not known, of the same parent and with a name like the missing one's. */
    private static String renamed(
            final ExpectedShape expected, final int missing, final Shape shape) {
        String only = "";
        int unknown = 0;
        for (int i = 0; i < shape.size(); i++) {
            if (shape.parent(i) == expected.parent(missing)
                    && expected.compare(shape, i) == ExpectedShape.UNKNOWN) {
                if (Likeness.alike(shape.path(i), expected.path(missing))) {
                    return shape.path(i);
                }
                unknown++;
                only = (shape.types(i) & ~expected.types(missing)) == 0 ? shape.path(i) : "";
            }
        }
        return unknown == 1 ? only : "";
    }

    private void differs(
            final Channel channel,
            final String cause,
            final String path,
            final String expected,
            final String found,
            final long nowNs,
            final FindingSink findings) {
        channel.right = 0;
        final String difference = cause + ' ' + path + ' ' + found;
        if (channel.told.contains(difference) || channel.told.size() == MOST_TOLD) {
            return;
        }
        channel.told.add(difference);
        final Edge edge = channel.open ? Edge.EVENT : Edge.OPEN;
        if (!channel.open) {
            channel.open = true;
            channel.openedNs = nowNs;
        }
        claim(FindingKind.EVENT_SHAPE, edge, channel, nowNs, findings)
                .with(Evidence.CAUSE, cause)
                .with(Evidence.FIELD, path.isEmpty() ? "$" : path)
                .with(Evidence.EXPECTED_SHAPE, expected)
                .with(Evidence.FOUND_SHAPE, found);
        findings.publish();
    }

    private void extra(
            final Channel channel,
            final ExpectedShape expected,
            final Shape shape,
            final int index,
            final long nowNs,
            final FindingSink findings) {
        expected.accept(shape, index);
        claim(FindingKind.EVENT_SHAPE, Edge.EVENT, channel, nowNs, findings)
                        .with(Evidence.CAUSE, NEW_FIELD)
                        .with(Evidence.FIELD, shape.path(index))
                        .with(Evidence.FOUND_SHAPE, Shape.names(shape.types(index)))
                        .severity =
                Severity.LOW;
        findings.publish();
    }

    private void right(final Channel channel, final long nowNs, final FindingSink findings) {
        if (channel.open && ++channel.right >= RIGHT_AGAIN) {
            channel.open = false;
            channel.right = 0;
            channel.told.clear();
            claim(FindingKind.EVENT_SHAPE, Edge.CLOSE, channel, nowNs, findings)
                    .with(Evidence.LASTED_NS, nowNs - channel.openedNs);
            findings.publish();
        }
    }

    private void silence(final Listening listening, final long nowNs, final FindingSink findings) {
        if (listening.sinceNs == Reading.NONE) {
            listening.sinceNs = nowNs;
        }
        final long limitNs = listening.rule.silenceNs();
        for (int i = 0; limitNs > 0 && !listening.deaf && i < listening.channels.size(); i++) {
            final Channel channel = listening.channels.get(i);
            final long sinceNs = Math.max(channel.heardNs, listening.sinceNs);
            if (!channel.silent && nowNs - sinceNs > limitNs) {
                channel.silent = true;
                claim(FindingKind.EVENT_SILENT, Edge.OPEN, channel, nowNs, findings)
                        .with(Evidence.AGE_NS, nowNs - sinceNs)
                        .with(Evidence.THRESHOLD_NS, limitNs);
                findings.publish();
            }
        }
    }

    private static String cut(final String text) {
        return text.length() <= DETAIL ? text : text.substring(0, DETAIL) + "...";
    }

    private Finding claim(
            final FindingKind kind,
            final Edge edge,
            final Channel channel,
            final long nowNs,
            final FindingSink findings) {
        final Finding finding = findings.claim(kind, edge, name(), nowNs);
        finding.key = channel.key;
        return finding;
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        ShapeSentence.append(finding, out);
    }
}
