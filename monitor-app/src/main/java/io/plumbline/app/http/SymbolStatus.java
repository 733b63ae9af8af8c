package io.plumbline.app.http;

import io.plumbline.market.Field;
import io.plumbline.market.Freshness;
import io.plumbline.market.Rung;

/**
 * One watched key: what the venue says, what Redis says, what came of the comparison.
 *
 * @param instrument ccxt form
 * @param key the Redis key
 * @param field which field of the venue's stream is the reference
 * @param referencePrice decimal string, "" while there is none
 * @param redisPrice decimal string, "" while there is none
 * @param deviationTicks decimal string, "" where it is not known
 * @param deviationBps decimal string, "" where it is not known
 * @param verdict a word of a small, fixed set (IN_SYNC, LATE, WRONG, UNVERIFIABLE ...): it is also
 *     a metric's label
 * @param lagNs how late the Redis value is, 0 when it is not
 * @param feedAgeNs since the venue last sent something for it, -1 for never
 * @param redisAgeNs since Redis last showed a write, -1 for never
 * @param freshness how the venue's data flows
 * @param seen whether the Redis that holds the key is seen now
 * @param rung by which way the key is observed
 */
public record SymbolStatus(
        String venue,
        String instrument,
        String key,
        Field field,
        String referencePrice,
        String redisPrice,
        String deviationTicks,
        String deviationBps,
        String verdict,
        long lagNs,
        long feedAgeNs,
        long redisAgeNs,
        Coverage coverage,
        Freshness.State freshness,
        boolean seen,
        Rung rung) {}
