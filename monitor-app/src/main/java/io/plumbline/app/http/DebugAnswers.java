package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.plumbline.feed.backfill.BackfillStatus;
import java.util.List;

/**
 * The paths and names of the production guide, so that its commands and its monitoring loop work
 * against Plumbline as they stand: {@code /api/debug/*}, {@code /ws/health}, {@code
 * /backfill/status}, {@code /context}. Always 200: what they tell of is not the monitor's trouble.
 */
final class DebugAnswers {
    /** Keys in {@code comprehensive}: those that are not fresh, and no more. */
    private static final int MOST_SYMBOLS = 100;

    private static final int PAGE_CHARS = 16 * 1_024;

    private static final Shape STAMP = Shape.object().time("timestamp", "When this was read.");

    static final Content REDIS = Content.json(Shape.object().with(STAMP).with(RedisReading.SHAPE));
    static final Content WEBSOCKET =
            Content.json(Shape.object().with(STAMP).with(FeedReading.SHAPE));
    static final Content MARKET =
            Content.json(Shape.object().with(STAMP).with(MarketReading.SHAPE));

    static final Content COMPREHENSIVE =
            Content.json(
                    Shape.object()
                            .with(STAMP)
                            .text("status", "UP, DEGRADED or DOWN, as in /health.")
                            .text("version", "The build.")
                            .number("uptime_seconds", "")
                            .texts("reasons", "What keeps it from being UP.")
                            .object("health_score", "", HealthScore.SHAPE)
                            .list(
                                    "issues",
                                    "The guide's symptoms that hold.",
                                    Diagnosis.Issue.SHAPE)
                            .list("prerequisites", "As found at the start.", Prerequisite.SHAPE)
                            .object("redis_cluster", "", RedisReading.SHAPE)
                            .object("websocket", "", FeedReading.SHAPE)
                            .object(
                                    "market_data",
                                    "symbol_analysis: the first hundred that are not fresh.",
                                    MarketReading.SHAPE)
                            .object("system_resources", "", ProcessReading.SHAPE)
                            .object("thresholds", "As configured.", Thresholds.SHAPE));

    static final Content SOCKETS =
            Content.json(
                    Shape.object()
                            .with(STAMP)
                            .text("status", "healthy or unhealthy.")
                            .with(FeedReading.STATUS)
                            .with(FeedReading.HISTORY));

    static final Content CONTEXT =
            Content.json(
                    Shape.object()
                            .object(
                                    "levels",
                                    "Null: they are the trading engine's, the monitor has none.",
                                    Shape.object()
                                            .number("VWAP", "")
                                            .orNull()
                                            .number("POC", "")
                                            .orNull()
                                            .text("why", ""))
                            .object(
                                    "backfill_status",
                                    "Of the monitor's own fetching.",
                                    Shape.object()
                                            .text("circuit_breaker", "open: a venue holds us back.")
                                            .time("held_back_until", "")
                                            .orNull()
                                            .whole("queued", "")
                                            .whole("requests", "")
                                            .whole("failed", "")));

    private final MonitorView view;

    DebugAnswers(final MonitorView view) {
        this.view = view;
    }

    Answer redis(final Query query) {
        final Diagnosis now = Diagnosis.of(view);
        final Json json = stamp(now);
        now.redis().append(json, view.counters());
        return Answer.json(HttpResponseStatus.OK, json.close());
    }

    Answer websocket(final Query query) {
        final Diagnosis now = Diagnosis.of(view);
        final Json json = stamp(now);
        now.feeds().append(json, view.counters());
        return Answer.json(HttpResponseStatus.OK, json.close());
    }

    /** Page by page: every watched key is in it. */
    Answer market(final Query query) {
        final Diagnosis now = Diagnosis.of(view);
        final Json json = stamp(now);
        now.market().append(json);
        json.name("symbol_analysis").openArray();
        return Answer.pages(Answer.JSON, new SymbolPages(now.market(), json));
    }

    Answer sockets(final Query query) {
        final Diagnosis now = Diagnosis.of(view);
        final Json json = stamp(now);
        json.field("status", now.feeds().running() ? "healthy" : "unhealthy");
        now.feeds().status(json);
        now.feeds().history(json);
        return Answer.json(HttpResponseStatus.OK, json.close());
    }

    Answer comprehensive(final Query query) {
        final Diagnosis now = Diagnosis.of(view);
        final Health health = now.health();
        final Json json =
                stamp(now)
                        .field("status", health.status().name())
                        .field("version", health.version())
                        .field(
                                "uptime_seconds",
                                Scale.seconds(health.nowNs() - health.startedAtNs()))
                        .strings("reasons", health.reasons());
        now.score().append(json.name("health_score"));
        json.name("issues").openArray();
        now.issues().forEach(issue -> issue.append(json));
        json.closeArray().name("prerequisites").openArray();
        view.prerequisites().forEach(each -> each.append(json));
        now.redis().append(json.closeArray().name("redis_cluster").open(), view.counters());
        now.feeds().append(json.close().name("websocket").open(), view.counters());
        now.market().append(json.close().name("market_data").open());
        notFresh(json.name("symbol_analysis").openArray(), now.market());
        json.closeArray().close();
        now.process().append(json.name("system_resources"));
        now.thresholds().append(json.name("thresholds"));
        return Answer.json(HttpResponseStatus.OK, json.close());
    }

    private static void notFresh(final Json json, final MarketReading market) {
        int told = 0;
        for (int i = 0; i < market.symbols().size() && told < MOST_SYMBOLS; i++) {
            if (market.ages().get(i) != MarketReading.Age.FRESH) {
                market.symbol(json, i);
                told++;
            }
        }
    }

    /** What the guide asks the engine for, as far as a monitor can know it. */
    Answer context(final Query query) {
        final long nowNs = view.health().nowNs();
        final List<BackfillStatus> all =
                view.backfills().stream().map(BackfillView::status).toList();
        final long heldNs = all.stream().mapToLong(BackfillStatus::heldBackUntilNs).max().orElse(0);
        final Json json = new Json().open().name("levels").open();
        json.name("VWAP")
                .raw("null")
                .name("POC")
                .raw("null")
                .field("why", "they are the trading engine's: ask it")
                .close();
        json.name("backfill_status")
                .open()
                .field("circuit_breaker", heldNs > nowNs ? "open" : "closed")
                .time("held_back_until", heldNs > nowNs ? heldNs : 0)
                .field("queued", all.stream().mapToLong(BackfillStatus::queued).sum())
                .field("requests", all.stream().mapToLong(BackfillStatus::requests).sum())
                .field("failed", all.stream().mapToLong(BackfillStatus::failed).sum())
                .close();
        return Answer.json(HttpResponseStatus.OK, json.close());
    }

    private static Json stamp(final Diagnosis now) {
        return new Json().open().time("timestamp", now.health().nowNs());
    }

    /** The end of an answer over a list that does not change any more. */
    private static final class SymbolPages implements Answer.Pages {
        private final MarketReading market;
        private final Json json;
        private int next;
        private boolean complete;

        SymbolPages(final MarketReading market, final Json json) {
            this.market = market;
            this.json = json;
        }

        @Override
        public String next() {
            if (complete) {
                return null;
            }
            while (next < market.symbols().size() && json.length() < PAGE_CHARS) {
                market.symbol(json, next++);
            }
            if (next == market.symbols().size()) {
                json.closeArray().close();
                complete = true;
            }
            return json.take();
        }
    }
}
