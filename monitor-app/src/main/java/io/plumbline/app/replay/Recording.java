package io.plumbline.app.replay;

import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.capture.CapturedConnection;
import io.plumbline.feed.capture.VenueGuess;
import io.plumbline.feed.venue.Venue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A file, or one connection of a file that names several, with the venue it is of.
 *
 * @param holds what of the file belongs to it
 */
record Recording(Path path, Venue venue, Predicate<CaptureRecord> holds) {
    /** Tells the venue of a file from what is guessed of its address or content. */
    interface Judge {
        Venue venue(VenueGuess guess);
    }

    /**
     * The connections of a file, each by itself, because recorders write them one after another.
     *
     * @param whole the venue of what its address does not tell
     * @param judge null where all of it is of that venue
     */
    static List<Recording> of(final Path path, final Venue whole, final Judge judge)
            throws IOException {
        final List<CapturedConnection> connections = CapturedConnection.of(path);
        if (connections.size() < 2) {
            return List.of(new Recording(path, whole, record -> true));
        }
        final List<Venue> venues = new ArrayList<>();
        for (final CapturedConnection connection : connections) {
            venues.add(
                    judge == null || connection.guess().isEmpty()
                            ? whole
                            : judge.venue(connection.guess().get()));
        }
        final List<String> names = venues.stream().map(Venue::name).toList();
        final Set<String> begun = new HashSet<>();
        final List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < venues.size(); i++) {
            final String connection = connections.get(i).name();
            final String name = names.get(i);
            final boolean first = begun.isEmpty();
            final boolean firstOfVenue = begun.add(name);
            recordings.add(
                    new Recording(
                            path,
                            venues.get(i),
                            record ->
                                    record.kind != CaptureRecord.Kind.HTTP
                                            ? record.connection.equals(connection)
                                            : isAnswerTo(record.url, names)
                                                    ? firstOfVenue && isOf(record.url, name)
                                                    : first));
        }
        return recordings;
    }

    /** Whether an HTTP answer is of one of these venues. */
    private static boolean isAnswerTo(final String url, final List<String> venues) {
        return venues.stream().anyMatch(venue -> isOf(url, venue));
    }

    private static boolean isOf(final String url, final String venue) {
        return VenueGuess.ofAddress(url).map(VenueGuess::venue).filter(venue::equals).isPresent();
    }
}
