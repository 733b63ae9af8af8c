package io.plumbline.feed.sim;

import io.plumbline.market.Channel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Makes the plan of {@link FaultScript#random}. */
final class FaultPlan {
    private static final List<String> MALFORMED = List.of("NaN", "None", "{\"price\":\"61");
    private static final int[] EXPONENTS = {-2, -1, 1, 2, 3};
    private static final long EXPIRY_MS = 300;
    private static final int FLUSH_MS = 40;
    private static final long MAX_JITTER_NS = 1_000_000_000;

    private final Random random;
    private final FaultTargets targets;
    private final long faultNs;
    private final long pauseNs;
    private final List<String> venues;
    private final Set<SimulatedInstrument> used = new HashSet<>();
    private final List<Fault> faults = new ArrayList<>();

    FaultPlan(final long seed, final FaultTargets targets, final long faultNs, final long pauseNs) {
        this.random = new Random(seed);
        this.targets = targets;
        this.faultNs = faultNs;
        this.pauseNs = pauseNs;
        this.venues =
                new ArrayList<>(
                        targets.instruments().stream()
                                .map(SimulatedInstrument::venue)
                                .distinct()
                                .sorted()
                                .toList());
        Collections.shuffle(venues, random);
    }

    List<Fault> plan(final long startNs, final List<FaultKind> kinds) {
        final List<FaultKind> shuffled = new ArrayList<>(kinds);
        Collections.shuffle(shuffled, random);
        final List<FaultKind> keyKinds = of(shuffled, FaultKind.Lane.KEY);
        final String quiet = venues.get(0);
        final String other = venues.get(venues.size() - 1);
        final int half = (keyKinds.size() + 1) / 2;

        long atNs = lane(startNs, of(shuffled, FaultKind.Lane.MARKET_KEY), other);
        atNs = lane(atNs, of(shuffled, FaultKind.Lane.WRITER), "");
        if (quiet.equals(other)) {
            atNs = lane(atNs, keyKinds, quiet);
            atNs = lane(atNs, of(shuffled, FaultKind.Lane.FEED), quiet);
            lane(atNs, of(shuffled, FaultKind.Lane.ROUTE), quiet);
        } else {
            final long keysNs = lane(atNs, keyKinds.subList(0, half), other);
            final long feedNs = lane(atNs, of(shuffled, FaultKind.Lane.FEED), quiet);
            atNs = Math.max(keysNs, feedNs);
            lane(atNs, keyKinds.subList(half, keyKinds.size()), quiet);
            lane(atNs, of(shuffled, FaultKind.Lane.ROUTE), other);
        }
        return faults;
    }

    /** One after another; when the last one is over and has settled. */
    private long lane(final long startNs, final List<FaultKind> kinds, final String venue) {
        long atNs = startNs;
        for (final FaultKind kind : kinds) {
            final long beginNs =
                    atNs + random.nextInt((int) Math.min(pauseNs / 4, MAX_JITTER_NS) + 1);
            final long endNs = beginNs + lengthNs(kind);
            faults.add(fault(kind, venue, beginNs, endNs));
            atNs = endNs + settleNs(kind);
        }
        return atNs;
    }

    private long lengthNs(final FaultKind kind) {
        switch (kind) {
            case DROPPED_MESSAGE:
            case DUPLICATED_MESSAGE:
            case REORDERED_MESSAGES:
            case SEQUENCE_RESET_BY_VENUE:
            case DISCONNECT:
                return faultNs / 2;
            case SYMBOL_SILENT:
            case STOPPED_WRITER:
                return faultNs * 3 / 2;
            case MUTE_CONNECTION:
            case HALF_OPEN:
                return faultNs * 2;
            default:
                return faultNs;
        }
    }

    /**
     * Connections need time to come back, most of all where they were refused meanwhile: the wait
     * before the next attempt has grown. Everything else only has to be told apart.
     */
    private long settleNs(final FaultKind kind) {
        if (kind.lane() != FaultKind.Lane.ROUTE) {
            return pauseNs;
        }
        return pauseNs + (kind == FaultKind.DISCONNECT ? faultNs * 3 : faultNs * 3 / 2);
    }

    private Fault fault(
            final FaultKind kind, final String venue, final long startNs, final long endNs) {
        final Map<FaultParameter, String> parameters = new EnumMap<>(FaultParameter.class);
        final List<String> keys = new ArrayList<>();
        String symbol = "";
        String where = venue;
        switch (kind.lane()) {
            case ROUTE:
                parameters.put(FaultParameter.ROUTE, route(venue).name());
                break;
            case WRITER:
                targets.instruments().forEach(i -> keys.add(targets.keyOf().apply(i.symbol())));
                if (kind == FaultKind.LAST_WRITE_WINS) {
                    parameters.put(FaultParameter.FLUSH_MS, Integer.toString(FLUSH_MS));
                }
                break;
            default:
                final SimulatedInstrument target = target(kind, venue);
                symbol = target.symbol();
                where = target.venue();
                keys.add(targets.keyOf().apply(symbol));
                parameters(kind, target, parameters, keys);
                break;
        }
        return new Fault(
                faults.size() + 1,
                kind,
                where,
                symbol,
                kind.lane() == FaultKind.Lane.FEED ? List.of() : List.copyOf(keys),
                startNs,
                endNs,
                Collections.unmodifiableMap(parameters));
    }

    private void parameters(
            final FaultKind kind,
            final SimulatedInstrument target,
            final Map<FaultParameter, String> parameters,
            final List<String> keys) {
        switch (kind) {
            case DROPPED_MESSAGE:
            case DUPLICATED_MESSAGE:
            case REORDERED_MESSAGES:
                parameters.put(FaultParameter.CHANNEL, channel().label());
                break;
            case LATE_WRITER:
                parameters.put(FaultParameter.LAG_MS, Integer.toString(400 + random.nextInt(501)));
                break;
            case WRONG_VALUE:
                parameters.put(
                        FaultParameter.OFFSET_TICKS, Integer.toString(37 + random.nextInt(100)));
                parameters.put(FaultParameter.TICK_SIZE, target.tickSize());
                break;
            case SWAPPED_SYMBOLS:
                final SimulatedInstrument partner = target(kind, target.venue());
                parameters.put(FaultParameter.OTHER_SYMBOL, partner.symbol());
                keys.add(targets.keyOf().apply(partner.symbol()));
                break;
            case OTHER_MARKET:
                parameters.put(FaultParameter.OTHER_SYMBOL, spotOf(target).symbol());
                break;
            case SCALED:
                parameters.put(
                        FaultParameter.EXPONENT,
                        Integer.toString(EXPONENTS[random.nextInt(EXPONENTS.length)]));
                break;
            case MALFORMED_VALUE:
                parameters.put(
                        FaultParameter.TEXT, MALFORMED.get(random.nextInt(MALFORMED.size())));
                break;
            case KEY_EXPIRED:
                parameters.put(FaultParameter.TTL_MS, Long.toString(EXPIRY_MS));
                break;
            case MISNAMED_KEY:
                parameters.put(FaultParameter.NAME, misnamed(target.symbol()));
                break;
            default:
                break;
        }
    }

    /** The name in some other layer's format that no instrument's key here has. */
    private String misnamed(final String symbol) {
        final List<String> names =
                List.of(
                        targets.keyOf().apply(symbol.toLowerCase(Locale.ROOT)),
                        targets.keyOf().apply(symbol) + " ",
                        targets.keyOf().apply(symbol.replace("/", "%2F").replace(":", "%3A")),
                        targets.keyOf().apply(symbol.replace('/', '-').replace(':', '-')));
        return names.get(random.nextInt(names.size()));
    }

    /** Any instrument that fits, one that was not hit before if there is one. */
    private SimulatedInstrument target(final FaultKind kind, final String venue) {
        final List<SimulatedInstrument> fitting = new ArrayList<>();
        for (final SimulatedInstrument instrument : targets.instruments()) {
            if (kind == FaultKind.OTHER_MARKET
                    ? instrument.fineGrid() && spotOf(instrument) != null
                    : instrument.venue().equals(venue)
                            && (!kind.needsFineGrid() || instrument.fineGrid())) {
                fitting.add(instrument);
            }
        }
        if (fitting.isEmpty()) {
            throw new IllegalArgumentException(
                    "no instrument of " + venue + " can show \"" + kind.label() + "\"");
        }
        Collections.shuffle(fitting, random);
        SimulatedInstrument choice = null;
        for (final SimulatedInstrument candidate : fitting) {
            final boolean wasted = candidate.fineGrid() && !kind.needsFineGrid();
            if (!used.contains(candidate) && (choice == null || !wasted)) {
                choice = candidate;
            }
        }
        choice = choice == null ? fitting.get(0) : choice;
        used.add(choice);
        return choice;
    }

    private SimulatedInstrument spotOf(final SimulatedInstrument perpetual) {
        for (final SimulatedInstrument candidate : targets.instruments()) {
            if (!candidate.venue().equals(perpetual.venue())
                    && perpetual.symbol().contains(":")
                    && candidate.base().equals(perpetual.base())) {
                return candidate;
            }
        }
        return null;
    }

    private Channel channel() {
        final List<Channel> candidates = new ArrayList<>();
        for (final Channel candidate : List.of(Channel.AGG_TRADE, Channel.TRADE, Channel.DEPTH)) {
            if (targets.channels().contains(candidate)) {
                candidates.add(candidate);
            }
        }
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException(
                    "message faults need aggTrade, trade or depth among the channels");
        }
        return candidates.get(random.nextInt(candidates.size()));
    }

    private Route route(final String venue) {
        final List<Route> candidates = new ArrayList<>();
        for (final Route route : Route.values()) {
            if (route.venue().equals(venue)
                    && !Collections.disjoint(route.channels(), targets.channels())) {
                candidates.add(route);
            }
        }
        return candidates.get(random.nextInt(candidates.size()));
    }

    private static List<FaultKind> of(final List<FaultKind> kinds, final FaultKind.Lane lane) {
        return kinds.stream().filter(kind -> kind.lane() == lane).toList();
    }
}
