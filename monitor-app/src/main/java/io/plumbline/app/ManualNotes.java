package io.plumbline.app;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a manual says beyond the options: files, and examples that a test parses.
 *
 * @param files each with what it is
 * @param examples each with what it does
 */
record ManualNotes(Map<String, String> files, Map<String, String> examples) {
    private static final Map<String, ManualNotes> ALL = new LinkedHashMap<>();
    private static final String CONFIG = "config/*.yaml";
    private static final String CONFIG_MEANING = "profiles that start as they are";
    private static final String JOURNAL = "DIRECTORY/journal/*.plj";
    private static final String JOURNAL_MEANING = "what a monitor recorded, by segments";

    static {
        note("plumbline")
                .file(CONFIG, CONFIG_MEANING)
                .example("plumbline demo --for 60s", "See faults being caught:")
                .example("plumbline help replay", "The manual of one command:");
        note("plumbline run")
                .file(CONFIG, CONFIG_MEANING)
                .file("config/logback.xml", "log files: a week in detail, a month in summary")
                .file(JOURNAL, JOURNAL_MEANING)
                .file("DIRECTORY/findings.ndjson", "what was found, a line of JSON each")
                .file("DIRECTORY/outbox.db", "pages that are not delivered yet, open cases")
                .example(
                        "plumbline run --config config/binance-usdm.yaml",
                        "Watch an exchange and a Redis:");
        note("plumbline demo")
                .file("DIRECTORY/ground-truth.ndjson", "what was broken, and when")
                .example("plumbline demo --for 60s", "All faults once, and a table of them:")
                .example(
                        "plumbline demo --seed 7 --http-port 0 --data /tmp/demo",
                        "Other faults, any free port, data in a folder of its own:");
        note("plumbline replay")
                .file(JOURNAL, JOURNAL_MEANING)
                .example(
                        "plumbline replay data/journal --report report.html",
                        "One file that a browser shows without any network:")
                .example(
                        "plumbline replay data/journal --against data/findings.ndjson",
                        "Does this build find the same? Exit code 1 if not:")
                .example(
                        "plumbline replay data/journal --config other.yaml --difference"
                                + " what-if.ndjson",
                        "What would other thresholds find?");
        note("plumbline check-config")
                .file(CONFIG, CONFIG_MEANING)
                .example("plumbline check-config config/binance-usdm.yaml", "With all defaults:");
        note("plumbline profile")
                .example(
                        "plumbline profile --config my.yaml --for 60s --keys pms:*",
                        "Propose the rules for the keys that stand in a Redis:");
        note("plumbline redis-acl")
                .example(
                        "plumbline redis-acl --config my.yaml",
                        "The least that the monitor's user must be allowed:");
        note("plumbline journal")
                .file(JOURNAL, JOURNAL_MEANING)
                .example("plumbline journal verify data/journal", "Is it whole?");
        note("plumbline journal verify")
                .file(JOURNAL, JOURNAL_MEANING)
                .example("plumbline journal verify data/journal", "Is it whole?");
        note("plumbline journal inspect")
                .file(JOURNAL, JOURNAL_MEANING)
                .example("plumbline journal inspect --limit 20 data/journal", "The first records:");
        note("plumbline journal export")
                .file(JOURNAL, JOURNAL_MEANING)
                .example("plumbline journal export --help", "Formats and where they go:");
        note("plumbline redis-probe")
                .example(
                        "plumbline redis-probe --config my.yaml",
                        "What each node allows, and what opens the rest:");
        note("plumbline test-alert")
                .example("plumbline test-alert --config my.yaml", "A real alert to every channel:");
        note("plumbline help")
                .example("plumbline help journal verify", "The manual of a part:")
                .example("plumbline help --roff replay", "The source of a manual page:");
        note("plumbline completion")
                .example("plumbline completion bash", "For source <(...) in ~/.bashrc:")
                .example("plumbline completion zsh", "For source <(...) in ~/.zshrc:");
    }

    /** Of a command by its whole name; none where there is nothing to say. */
    static ManualNotes of(final String command) {
        return ALL.getOrDefault(command, new ManualNotes(Map.of(), Map.of()));
    }

    private static ManualNotes note(final String command) {
        final ManualNotes notes = new ManualNotes(new LinkedHashMap<>(), new LinkedHashMap<>());
        ALL.put(command, notes);
        return notes;
    }

    private ManualNotes file(final String file, final String meaning) {
        files.put(file, meaning);
        return this;
    }

    private ManualNotes example(final String line, final String meaning) {
        examples.put(line, meaning);
        return this;
    }
}
