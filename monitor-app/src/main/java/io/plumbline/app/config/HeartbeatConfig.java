package io.plumbline.app.config;

import java.time.Duration;

/**
 * The address that is called while the monitor vouches for itself; whoever is behind it tells a
 * person when the calls cease.
 *
 * @param url a secret: knowing it is permission to call; {@link Secret#NONE} for nobody
 * @param every from one call to the next
 * @param timeout for connecting, and again for the answer
 */
public record HeartbeatConfig(Secret url, Duration every, Duration timeout) {}
