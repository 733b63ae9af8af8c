package io.plumbline.app.http;

import io.plumbline.feed.redis.health.NodeReport;
import java.util.List;

/**
 * One node of a Redis.
 *
 * @param report what was learned of it last
 * @param problems the kinds and sentences of its open cases
 */
public record RedisNodeView(NodeReport report, List<String> problems) {
    public RedisNodeView {
        problems = List.copyOf(problems);
    }

    /** DOWN, LOADING, FAIL (of its Cluster), UNHEALTHY (an open case) or UP. */
    public String state() {
        if (!report.up()) {
            return "DOWN";
        }
        if (report.number("loading") > 0) {
            return "LOADING";
        }
        if (!report.cluster().getOrDefault("cluster_state", "ok").equals("ok")) {
            return "FAIL";
        }
        return problems.isEmpty() ? "UP" : "UNHEALTHY";
    }

    public boolean healthy() {
        return state().equals("UP");
    }

    /** One line: the reason why it is down, its problems, or what it is. */
    public String detail() {
        if (!report.up()) {
            return report.reason();
        }
        return problems.isEmpty()
                ? report.text("role") + ", Redis " + report.text("redis_version")
                : String.join("; ", problems);
    }
}
