package io.plumbline.app.config;

import java.time.Duration;

/**
 * Latency histograms.
 *
 * @param interval length of one interval
 * @param logs whether {@code .hlog} files are written
 * @param keepFor age at which such a file is deleted
 */
public record LatencyConfig(Duration interval, boolean logs, Duration keepFor) {}
