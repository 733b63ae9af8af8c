package io.plumbline.app.universe;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.VenueConfig;
import java.util.List;
import java.util.stream.Collectors;

/** A universe in words. */
public final class UniverseText {
    private static final int NAMES_SHOWN = 5;

    private UniverseText() {}

    /** A line for each venue whose symbols are not all named: what they will be concluded from. */
    public static List<String> questions(final Config config) {
        return config.venues().stream()
                .filter(venue -> !venue.universe().isNamed())
                .map(UniverseText::question)
                .toList();
    }

    private static String question(final VenueConfig venue) {
        final StringBuilder line = new StringBuilder(venue.name());
        line.append(": ").append(venue.symbols().size()).append(" symbols are named");
        if (!venue.universe().patterns().isEmpty()) {
            line.append(", those of ")
                    .append(String.join(", ", venue.universe().patterns()))
                    .append(" are taken at start from what the venue lists");
        }
        if (venue.universe().redis()) {
            line.append(", those that have a key are taken at start from Redis");
        }
        return line.toString();
    }

    /** A line for each venue of which some symbols were concluded: how many are watched. */
    public static List<String> answers(final Config asked, final Config concluded) {
        return asked.venues().stream()
                .filter(venue -> !venue.universe().isNamed())
                .map(venue -> answer(venue, concluded.venue(venue.name())))
                .toList();
    }

    private static String answer(final VenueConfig asked, final VenueConfig concluded) {
        return asked.name()
                + ": "
                + concluded.symbols().size()
                + " symbols are watched, "
                + asked.symbols().size()
                + " of them named";
    }

    /** Some names, and how many more there are. */
    public static String some(final List<String> names) {
        final int untold = names.size() - NAMES_SHOWN;
        return names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
                + (untold > 0 ? " and " + untold + " more" : "");
    }
}
