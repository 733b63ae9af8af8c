package io.plumbline.feed.redis.around;

import io.plumbline.feed.probe.Probe;
import io.plumbline.feed.probe.ProbeReport;
import io.plumbline.feed.redis.NameWalk;
import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import java.util.HashSet;
import java.util.Set;
import redis.clients.jedis.Protocol.Command;

/**
 * Counts the keys of a pattern that have no expiry, in a Cluster those of all shards together. One
 * that lacks it is asked a second time at the end of the walk: a writer may stand between its SET
 * and its EXPIRE.
 */
public final class NoExpiryProbe implements Probe<ProbeLink> {
    private static final int MOST_SUSPECTS = 256;
    private static final long NEXT_STEP_NS = 100_000_000L;

    private final String pattern;
    private final long everyNs;
    private final NameWalk walk;
    private final Set<String> suspects = new HashSet<>();
    private long walked;
    private long without;
    private boolean inWalk;

    public NoExpiryProbe(final String pattern, final long everyNs) {
        this.pattern = pattern;
        this.everyNs = everyNs;
        walk = new NameWalk(pattern);
    }

    @Override
    public String name() {
        return "noExpiry " + pattern;
    }

    @Override
    public long everyNs() {
        return inWalk ? NEXT_STEP_NS : everyNs;
    }

    @Override
    public void run(final ProbeLink redis, final ProbeReport report) {
        inWalk =
                !walk.run(
                        redis,
                        report,
                        key -> {
                            walked++;
                            if (ttl(redis, key) == -1) {
                                suspect(key);
                            }
                        });
        if (inWalk) {
            return;
        }
        String sample = "";
        String node = "";
        for (final String key : suspects) {
            if (ttl(redis, key) != -1) {
                without--;
            } else if (sample.isEmpty() || key.compareTo(sample) < 0) {
                sample = key;
                node = redis.answered();
            }
        }
        report.reading(ProbeKind.CACHED, pattern)
                .with(Measure.LENGTH, walked)
                .with(Measure.WITHOUT_TTL, without)
                .text(sample)
                .at(node);
        report.tell();
        suspects.clear();
        walked = 0;
        without = 0;
    }

    /** A key whose slot moves may be met twice. */
    private void suspect(final String key) {
        if (suspects.size() >= MOST_SUSPECTS || suspects.add(key)) {
            without++;
        }
    }

    private static long ttl(final ProbeLink redis, final String key) {
        return ProbeLink.number(redis.ask(Command.PTTL, key), -2);
    }
}
