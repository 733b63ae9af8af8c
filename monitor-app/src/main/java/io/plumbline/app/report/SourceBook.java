package io.plumbline.app.report;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.SessionState;
import io.plumbline.market.Sources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came over every connection, and for how long it was live. */
final class SourceBook {
    /** Connections that are listed; a configuration with more has them counted together. */
    static final int MOST = 1_000;

    /** One connection over all runs. */
    static final class Row {
        final String name;
        final Sources.Kind kind;
        long messages;
        long bytes;

        /** Messages that a full ring of the monitor swallowed. */
        long dropped;

        long firstNs = Long.MAX_VALUE;
        long lastNs = Long.MIN_VALUE;
        long liveNs;

        /** How often it went down. */
        long downs;

        private long liveSinceNs = Long.MIN_VALUE;

        private Row(final String name, final Sources.Kind kind) {
            this.name = name;
            this.kind = kind;
        }

        private void state(final SessionState state, final long nowNs) {
            if (liveSinceNs != Long.MIN_VALUE && state != SessionState.LIVE) {
                liveNs += nowNs - liveSinceNs;
                liveSinceNs = Long.MIN_VALUE;
            } else if (liveSinceNs == Long.MIN_VALUE && state == SessionState.LIVE) {
                liveSinceNs = nowNs;
            }
            downs += state == SessionState.DOWN ? 1 : 0;
        }
    }

    private final Map<String, Row> byName = new LinkedHashMap<>();
    private Row[] rows = new Row[0];
    private long leftOut;

    void onRun(final Sources sources) {
        rows = new Row[sources.size()];
        for (final Sources.Source source : sources.all()) {
            if (source.kind() == Sources.Kind.TIMER || source.kind() == Sources.Kind.MONITOR) {
                continue;
            }
            Row row = byName.get(source.name());
            if (row == null && byName.size() < MOST) {
                row = new Row(source.name(), source.kind());
                byName.put(source.name(), row);
            } else if (row == null) {
                leftOut++;
            }
            rows[source.id()] = row;
        }
    }

    void onMessage(final InboundMessage message, final long nowNs) {
        final Row row =
                message.source >= 0 && message.source < rows.length ? rows[message.source] : null;
        if (row == null) {
            return;
        }
        row.dropped += message.droppedBefore;
        if (message.type == InboundType.SESSION) {
            row.state(state(message), nowNs);
            return;
        }
        row.messages++;
        row.bytes += message.length;
        row.firstNs = Math.min(row.firstNs, message.stampNs);
        row.lastNs = Math.max(row.lastNs, message.stampNs);
    }

    private static SessionState state(final InboundMessage message) {
        final String text = message.text();
        final int space = text.indexOf(' ');
        try {
            return SessionState.valueOf(space < 0 ? text : text.substring(0, space));
        } catch (final IllegalArgumentException e) {
            return SessionState.DOWN;
        }
    }

    /** The run is over, and with it every connection. */
    void onRunEnd(final long nowNs) {
        for (final Row row : byName.values()) {
            if (row.liveSinceNs != Long.MIN_VALUE) {
                row.liveNs += Math.max(0, nowNs - row.liveSinceNs);
                row.liveSinceNs = Long.MIN_VALUE;
            }
        }
    }

    List<Row> rows() {
        return List.copyOf(byName.values());
    }

    long leftOut() {
        return leftOut;
    }
}
