package io.plumbline.app.config;

import io.plumbline.finding.FindingKind;
import io.plumbline.market.Glob;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** {@code cases.maintenance}: windows that come again, and what they are about. */
final class MaintenanceReader {
    private static final Pattern GLOB = Pattern.compile("[^\\s\\p{Cntrl}]{1,200}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d|24:00");
    private static final String EVERY_DAY = "daily";

    private MaintenanceReader() {}

    static List<MaintenanceConfig> read(final YamlMap cases) {
        final List<MaintenanceConfig> windows = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (final YamlValue item : cases.list("maintenance")) {
            final YamlMap at = item.map();
            final MaintenanceConfig window = window(at);
            at.done();
            if (!names.add(window.name())) {
                at.problem("name", "is the name of another window too; give each its own");
            }
            windows.add(window);
        }
        return windows;
    }

    private static MaintenanceConfig window(final YamlMap at) {
        final String from = at.required("from", "\"02:00\"", "00:00", MaintenanceReader::time);
        final String to = at.required("to", "\"03:30\"", "24:00", MaintenanceReader::time);
        if (from.equals("24:00")) {
            at.problem("from", "is the end of a day; write \"00:00\"");
        } else if (from.equals(to)) {
            at.problem(
                    "to", "is when it begins; for a whole day write from \"00:00\" to \"24:00\"");
        }
        final MaintenanceConfig window =
                new MaintenanceConfig(
                        at.required("name", "weekly", "", MaintenanceReader::name),
                        days(at),
                        local(from),
                        local(to),
                        at.required(
                                "zone", "Europe/London", ZoneId.of("UTC"), MaintenanceReader::zone),
                        globs(at, "kind", true),
                        globs(at, "venue", false),
                        globs(at, "symbol", false),
                        globs(at, "source", false));
        if (window.kinds().isEmpty()
                && window.venues().isEmpty()
                && window.symbols().isEmpty()
                && window.sources().isEmpty()) {
            at.problem(
                    "name",
                    "names nothing that it is about; write kind, venue, symbol or source (venue:"
                            + " \"*\" for every venue)");
        }
        return window;
    }

    private static Set<DayOfWeek> days(final YamlMap at) {
        final Map<String, DayOfWeek> names = new LinkedHashMap<>();
        Arrays.stream(DayOfWeek.values())
                .forEach(day -> names.put(day.name().toLowerCase(Locale.ROOT), day));
        final Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        final YamlValue given = at.find("days");
        if (given == null || given.isWord(EVERY_DAY)) {
            return days;
        }
        for (final YamlValue item : given.list()) {
            final DayOfWeek day = item.read(null, Values.choice("day of the week", names));
            if (day != null) {
                days.add(day);
            }
        }
        return days;
    }

    /** One glob or a list of them. */
    private static List<String> globs(final YamlMap at, final String key, final boolean kinds) {
        final YamlValue given = at.find(key);
        final List<String> globs = new ArrayList<>();
        if (given != null) {
            for (final YamlValue item : given.isList() ? given.list() : List.of(given)) {
                final String glob =
                        item.read("", kinds ? MaintenanceReader::kind : MaintenanceReader::glob);
                if (!glob.isEmpty()) {
                    globs.add(glob);
                }
            }
        }
        return globs;
    }

    private static String glob(final String text) {
        if (!GLOB.matcher(text).matches()) {
            throw new BadValue("is no pattern; write a name, * for any characters, ? for one");
        }
        return text;
    }

    private static String kind(final String text) {
        final TreeSet<String> kinds = new TreeSet<>();
        Arrays.stream(FindingKind.values()).forEach(kind -> kinds.add(kind.name()));
        if (kinds.stream().noneMatch(kind -> Glob.matches(text, kind))) {
            throw new BadValue("is no kind of finding; " + Nearest.advice(text, kinds));
        }
        return text;
    }

    private static String name(final String text) {
        if (!NAME.matcher(text).matches()) {
            throw new BadValue("is no name; write letters, digits, dots and dashes");
        }
        return text;
    }

    private static String time(final String text) {
        if (!TIME.matcher(text).matches()) {
            throw new BadValue("is no time of day; write \"HH:MM\" with its quotes");
        }
        return text;
    }

    private static LocalTime local(final String text) {
        return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    }

    private static ZoneId zone(final String text) {
        try {
            return ZoneId.of(text);
        } catch (final DateTimeException e) {
            throw new BadValue(
                    "is no time zone; "
                            + Nearest.advice(text, new TreeSet<>(ZoneId.getAvailableZoneIds())));
        }
    }

    /** The same as YAML that reads to it. */
    static Map<String, Object> print(final MaintenanceConfig window) {
        final Map<String, Object> printed = new LinkedHashMap<>();
        printed.put("name", window.name());
        printed.put(
                "days",
                window.days().isEmpty()
                        ? EVERY_DAY
                        : window.days().stream()
                                .sorted()
                                .map(day -> day.name().toLowerCase(Locale.ROOT))
                                .toList());
        printed.put("from", window.from().toString());
        printed.put(
                "to", window.to().equals(LocalTime.MIDNIGHT) ? "24:00" : window.to().toString());
        printed.put("zone", window.zone().getId());
        put(printed, "kind", window.kinds());
        put(printed, "venue", window.venues());
        put(printed, "symbol", window.symbols());
        put(printed, "source", window.sources());
        return printed;
    }

    private static void put(
            final Map<String, Object> printed, final String key, final List<String> globs) {
        if (!globs.isEmpty()) {
            printed.put(key, globs.stream().map(Interpolation::escape).toList());
        }
    }
}
