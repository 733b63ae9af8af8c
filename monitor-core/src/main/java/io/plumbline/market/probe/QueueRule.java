package io.plumbline.market.probe;

/**
 * What is expected of a list that a consumer pops commands from.
 *
 * @param source the probes that read it
 * @param key the list
 * @param subject how findings name it
 * @param most elements that may wait
 * @param ageNs how long its head may wait, ns
 * @param results how findings name its results, "" where none are expected
 * @param resultNs how long after a command was taken its result may come, ns
 */
public record QueueRule(
        int source,
        String key,
        String subject,
        long most,
        long ageNs,
        String results,
        long resultNs) {}
