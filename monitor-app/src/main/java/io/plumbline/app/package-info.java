/**
 * The commands and the composition root.
 *
 * <pre>
 *   PlumblineMain ─▶ Shell (help, errors, exit codes) ─▶ one class per command
 * </pre>
 *
 * <p>A new command is one class and one line in {@link io.plumbline.app.PlumblineMain}. Commands
 * write to the writers of their command line, return an {@link io.plumbline.app.ExitCode}, and
 * throw {@link io.plumbline.app.config.ConfigException} or {@link
 * io.plumbline.app.CannotStartException} for what the operator must repair.
 */
package io.plumbline.app;
