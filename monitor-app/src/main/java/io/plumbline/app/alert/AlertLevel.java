package io.plumbline.app.alert;

import io.plumbline.finding.Severity;

/** Our severities in the words of other pagers: critical, error, warning, info. */
final class AlertLevel {
    private AlertLevel() {}

    static String of(final Severity severity) {
        return switch (severity) {
            case CRITICAL -> "critical";
            case HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "info";
        };
    }
}
