package io.plumbline.feed.backfill;

/**
 * Where the fetching from one venue stands.
 *
 * @param gaps gaps whose trades were asked for
 * @param books order books that were asked for
 * @param requests REST requests made, failed ones too
 * @param failed gaps and books that were given up
 * @param refused gaps and books not taken on: the queue was full, or the gap too wide
 * @param queued waiting now
 * @param heldBackUntilNs the venue wants no request before, ns since the epoch; 0 when it does
 * @param lastError what went wrong last, or ""
 */
public record BackfillStatus(
        String venue,
        long gaps,
        long books,
        long requests,
        long failed,
        long refused,
        int queued,
        long heldBackUntilNs,
        String lastError) {}
