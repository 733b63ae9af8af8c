package io.plumbline.app.http;

import java.util.List;

/**
 * How one key went over the last minutes, a sample a second, oldest first.
 *
 * @param samples at most 900; fewer where many keys are watched
 */
public record Trend(List<Sample> samples) {
    /**
     * One second.
     *
     * @param atNs ns since the epoch
     * @param reference decimal string, "" while there is none
     * @param redis decimal string, "" while there is none
     * @param lagNs how late the Redis value was, to the microsecond; 0 when it was not
     */
    public record Sample(long atNs, String reference, String redis, long lagNs) {}

    public Trend {
        samples = List.copyOf(samples);
    }
}
