package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import java.util.List;

/**
 * What the observer found out about its Redis, for the health page: by which rung it looks, and why
 * not by a better one.
 *
 * @param rung the rung in use now; NONE while Redis is not connected
 * @param resolutionNs 0 where every write is told; else the distance of two samples
 * @param whyNotBetter one sentence per better rung that is not in use, best first
 * @param remedy the exact command by which an operator opens the best rung, "" when it is in use
 */
public record RedisProbe(Rung rung, long resolutionNs, List<String> whyNotBetter, String remedy) {

    /** All of it in one line. */
    @Override
    public String toString() {
        if (rung == Rung.NONE) {
            return "not connected";
        }
        return rung.label()
                + " rung, "
                + (resolutionNs == 0
                        ? "every write is told"
                        : "sampled every " + resolutionNs / 1_000_000L + " ms")
                + (whyNotBetter.isEmpty() ? "" : "; " + String.join("; ", whyNotBetter))
                + (remedy.isEmpty() ? "" : "; an operator can run: " + remedy);
    }
}
