package io.plumbline.app.config;

/**
 * The HTTP server.
 *
 * @param bind a loopback address
 * @param port 0 for any free one
 */
public record HttpConfig(boolean enabled, String bind, int port) {}
