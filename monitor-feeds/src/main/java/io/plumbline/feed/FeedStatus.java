package io.plumbline.feed;

import io.plumbline.market.SessionState;

/**
 * Where a feed stands, for the health page.
 *
 * @param name the source's name
 * @param state the session state
 * @param detail one sentence: endpoint, reason, rung
 * @param sinceNs when the state was entered, ns since the epoch
 * @param lastMessageNs when something last arrived, ns since the epoch, or 0
 * @param epoch the number of the current connection
 */
public record FeedStatus(
        String name,
        SessionState state,
        String detail,
        long sinceNs,
        long lastMessageNs,
        int epoch) {}
