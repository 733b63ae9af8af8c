/**
 * The configuration: nested immutable records, loaded, validated, defaulted and printed once.
 *
 * <pre>
 *   file ─▶ YamlDocument ─▶ YamlMap / YamlValue ─▶ *Reader ─▶ Config ─▶ ConfigPrinter ─▶ YAML again
 *            (positions)     (typed, bounded)      (rules)   (records)   (no secrets)
 * </pre>
 *
 * <p>Everything that is wrong is told at once, in the order of the file, each with line, column and
 * remedy; nothing is guessed and an unknown key is an error. The records hold no logic beyond
 * look-ups, know nothing of YAML, and components take only the record that they use. Defaults stand
 * in the readers, beside the key that they belong to, and nowhere else.
 */
package io.plumbline.app.config;
