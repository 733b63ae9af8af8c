package io.plumbline.market.probe;

/**
 * Keys that should expire, whatever they hold.
 *
 * @param source the probes that read them
 * @param pattern a Redis glob
 * @param subject how findings name it
 */
public record NoExpiryRule(int source, String pattern, String subject) {}
