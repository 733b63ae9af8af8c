package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * {@code /metrics}: Prometheus text format 0.0.4, whatever is asked for. The registry is this
 * server's own and is filled at each scrape; nothing is kept between two.
 */
final class MetricsAnswer {
    static final Content TEXT =
            Content.of(
                    PrometheusTextFormatWriter.CONTENT_TYPE,
                    "Counters, levels and latencies by Prometheus conventions.");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    MetricsAnswer(final MonitorView view) {
        registry.register(new CounterMetrics(view.counters()));
        registry.register(new MonitorMetrics(view));
        registry.register(new CopyMetrics(view));
        registry.register(new RedisMetrics(view));
        registry.register(new LatencyMetrics(view));
        registry.register(new ProcessMetrics());
    }

    Answer answer(final Query query) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1_024);
        try {
            writer.write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (final IOException e) {
            throw new UncheckedIOException("a byte array refused bytes", e);
        }
        return Answer.bytes(HttpResponseStatus.OK, TEXT.type(), out.toByteArray());
    }
}
