package io.plumbline.bench.report;

import io.plumbline.bench.figure.Row;
import java.util.List;

/**
 * A whole run.
 *
 * @param machine what it ran on, one fact a line
 * @param rows in the order of the figures
 * @param failures figures that could not be measured, and why
 */
public record Outcome(boolean full, List<String> machine, List<Row> rows, List<String> failures) {}
