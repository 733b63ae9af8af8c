package io.plumbline.app.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in {@code ${NAME}}, {@code ${NAME:-default}} and, for secrets only, {@code ${file:/path}}.
 * {@code $${} stands for a literal {@code ${}. What was filled in is not filled in again.
 */
final class Interpolation {
    private static final int LARGEST_FILE = 64 * 1024;
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^{}]*)}|\\$\\{");
    private static final Pattern VARIABLE =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);
    private static final String FILE = "file:";

    private final UnaryOperator<String> environment;

    /**
     * @param environment the value of a variable, or null
     */
    Interpolation(final UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /** Whether {@code text} takes something from outside of the file. */
    static boolean refers(final String text) {
        final Matcher reference = REFERENCE.matcher(text);
        while (reference.find()) {
            if (!reference.group().equals("$${")) {
                return true;
            }
        }
        return false;
    }

    /** {@code text} so that it is read as it stands. */
    static String escape(final String text) {
        return text.replace("${", "$${");
    }

    /** Fills in variables. */
    String fill(final String text) {
        return fill(
                text,
                name -> {
                    throw new BadValue(
                            "reads a file, which only secrets may; write the value or ${NAME}");
                });
    }

    /**
     * Fills in variables and files.
     *
     * @param warnings told when a file can be read by everyone
     */
    String fillSecret(final String text, final Consumer<String> warnings) {
        return fill(text, path -> file(path, warnings));
    }

    private String fill(final String text, final UnaryOperator<String> files) {
        final Matcher reference = REFERENCE.matcher(text);
        final StringBuilder filled = new StringBuilder();
        while (reference.find()) {
            final String value;
            if (reference.group().equals("$${")) {
                value = "${";
            } else if (reference.group(1) == null) {
                throw new BadValue(
                        "has \"${\" without its \"}\"; close it, or write $${ for itself");
            } else if (reference.group(1).startsWith(FILE)) {
                value = files.apply(reference.group(1).substring(FILE.length()));
            } else {
                value = variable(reference.group(1));
            }
            reference.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return reference.appendTail(filled).toString();
    }

    private String variable(final String reference) {
        final Matcher variable = VARIABLE.matcher(reference);
        if (!variable.matches()) {
            throw new BadValue(
                    "has no name of a variable in ${...}; write ${NAME}, ${NAME:-default} or"
                            + " ${file:/path}");
        }
        final String name = variable.group(1);
        final String fallback = variable.group(2);
        final String value = environment.apply(name);
        if (value != null && (!value.isEmpty() || fallback == null)) {
            return value;
        }
        if (fallback == null) {
            throw new BadValue(
                    "needs the environment variable "
                            + name
                            + ", which is not set; set it, or write"
                            + " ${"
                            + name
                            + ":-default}");
        }
        return fallback;
    }

    private static String file(final String name, final Consumer<String> warnings) {
        try {
            final Path path = Path.of(name);
            if (!Files.isRegularFile(path)) {
                throw new BadValue("needs the file " + name + ", which is not there; create it");
            }
            if (Files.size(path) > LARGEST_FILE) {
                throw new BadValue(
                        "reads " + name + ", which is larger than 64 KiB; is it the secret?");
            }
            final byte[] bytes = Files.readAllBytes(path);
            final var permissions = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            if (permissions != null
                    && permissions
                            .readAttributes()
                            .permissions()
                            .contains(PosixFilePermission.OTHERS_READ)) {
                warnings.accept("every user of this machine can read " + name + "; chmod 600 it");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .stripTrailing();
        } catch (final CharacterCodingException e) {
            throw new BadValue(
                    "reads " + name + ", which is no UTF-8 text; store the secret as text");
        } catch (final IOException | InvalidPathException e) {
            throw new BadValue(
                    "cannot read the file "
                            + name
                            + " ("
                            + e.getClass().getSimpleName()
                            + "); check its owner and mode");
        }
    }
}
