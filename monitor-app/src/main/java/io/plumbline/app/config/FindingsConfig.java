package io.plumbline.app.config;

import java.nio.file.Path;

/** Where every finding is written, one JSON object a line. */
public record FindingsConfig(Path path) {}
