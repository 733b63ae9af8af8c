package io.plumbline.app.http;

import io.plumbline.feed.backfill.BackfillStatus;

/**
 * What was fetched again from one venue.
 *
 * @param missing trades that the gaps which were taken on lack
 * @param recovered trades of them that came back
 */
public record BackfillView(BackfillStatus status, long missing, long recovered) {}
