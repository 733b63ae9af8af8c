package io.plumbline.app.config;

/**
 * The HTTP server.
 *
 * @param bind a loopback address
 * @param port 0 for any free one
 * @param token whoever shows it may silence and acknowledge; {@link Secret#NONE} for nobody
 */
public record HttpConfig(boolean enabled, String bind, int port, Secret token) {}
