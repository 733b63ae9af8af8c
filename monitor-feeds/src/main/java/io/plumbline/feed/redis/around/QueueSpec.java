package io.plumbline.feed.redis.around;

/**
 * How a queue is read.
 *
 * @param fromLeft whether its consumer takes from the left (BLPOP)
 * @param everyNs from one reading to the next, ns
 * @param idPath where a command's id stands in its JSON
 * @param result the key of a result, with the id's part in braces; "" where none are looked for
 * @param resultNs how long a result may take, ns: after half of it, it is looked for by other names
 */
public record QueueSpec(
        String key, boolean fromLeft, long everyNs, String idPath, String result, long resultNs) {}
