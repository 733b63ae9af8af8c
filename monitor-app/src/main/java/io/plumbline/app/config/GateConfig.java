package io.plumbline.app.config;

import java.nio.file.Path;

/**
 * Where the gate is offered besides the API.
 *
 * @param file mapped by engines on this host; null for none
 */
public record GateConfig(Path file) {}
