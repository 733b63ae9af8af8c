package io.plumbline.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads, validates and defaults a configuration, or tells of everything that is wrong with it. */
public final class ConfigLoader {
    private final Map<String, KnownVenue> venues = new LinkedHashMap<>();
    private final UnaryOperator<String> environment;
    private final Consumer<String> warnings;

    /**
     * @param venues the venues that this build supports
     * @param environment the value of an environment variable, or null: {@code System::getenv}
     * @param warnings takes one line for each thing that is legal and most likely a mistake
     */
    public ConfigLoader(
            final Collection<KnownVenue> venues,
            final UnaryOperator<String> environment,
            final Consumer<String> warnings) {
        venues.forEach(venue -> this.venues.put(venue.name(), venue));
        this.environment = environment;
        this.warnings = warnings;
    }

    /** The configuration in {@code file}; the files that it names must exist. */
    public Config load(final Path file) throws ConfigException {
        return conclude(file.toString(), text(file), true);
    }

    /**
     * The configuration in {@code yaml}, for the demo, and for a printed one in a journal; the
     * files that it names need not exist on this machine.
     *
     * @param name stands for the file in messages
     */
    public Config parse(final String name, final String yaml) throws ConfigException {
        return conclude(name, yaml, false);
    }

    private Config conclude(final String name, final String yaml, final boolean live)
            throws ConfigException {
        final Problems problems = new Problems(name, warnings);
        final MappingNode root = YamlDocument.read(yaml, problems);
        problems.throwIfAny();
        final Reading reading = new Reading(problems, new Interpolation(environment), live);
        final Config config = new ConfigReader(venues).read(new YamlMap(reading, "", root, root));
        problems.throwIfAny();
        return config;
    }

    private static String text(final Path file) throws ConfigException {
        try (InputStream in = Files.newInputStream(file)) {
            final byte[] bytes = in.readNBytes(YamlDocument.LARGEST + 1);
            if (bytes.length > YamlDocument.LARGEST) {
                throw failure(file, "larger than 1 MiB; this is no configuration");
            }
            final String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (final NoSuchFileException e) {
            throw failure(file, "there is no such file; see config/ for samples to copy");
        } catch (final CharacterCodingException e) {
            throw failure(file, "not UTF-8; save the file as UTF-8");
        } catch (final IOException e) {
            throw failure(
                    file,
                    Files.isDirectory(file)
                            ? "a directory; name the YAML file in it"
                            : "cannot be read (" + e + "); check its owner and mode");
        }
    }

    private static ConfigException failure(final Path file, final String text) {
        return new ConfigException(List.of(file + ": " + text));
    }
}
