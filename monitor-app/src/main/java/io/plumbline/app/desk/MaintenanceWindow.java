package io.plumbline.app.desk;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Set;

/**
 * A time that comes again in which some cases page nobody. Part of the configuration, so of a
 * replay too.
 *
 * @param name unique among the windows
 * @param days on which it begins; empty for every day
 * @param from when it begins, by the clocks of {@code zone}
 * @param to when it ends; on the day after where it is not later than {@code from}
 */
public record MaintenanceWindow(
        String name,
        CaseMatcher matcher,
        Set<DayOfWeek> days,
        LocalTime from,
        LocalTime to,
        ZoneId zone) {
    private static final long S = 1_000_000_000L;

    public MaintenanceWindow {
        days = Set.copyOf(days);
    }

    /**
     * Whether it is open; a clock that is put forward or back moves its ends with it. One that
     * would begin in the hour that is left out begins when that hour does: moved by an hour it
     * might begin after its end.
     */
    public boolean covers(final long epochNs) {
        final Instant at =
                Instant.ofEpochSecond(Math.floorDiv(epochNs, S), Math.floorMod(epochNs, S));
        final LocalDate today = at.atZone(zone).toLocalDate();
        return begunOn(today, at) || begunOn(today.minusDays(1), at);
    }

    private boolean begunOn(final LocalDate date, final Instant at) {
        if (!days.isEmpty() && !days.contains(date.getDayOfWeek())) {
            return false;
        }
        final LocalDate end = to.isAfter(from) ? date : date.plusDays(1);
        return !at.isBefore(begin(LocalDateTime.of(date, from)))
                && at.isBefore(ZonedDateTime.of(end, to, zone).toInstant());
    }

    private Instant begin(final LocalDateTime local) {
        final ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.atZone(zone).toInstant();
    }
}
