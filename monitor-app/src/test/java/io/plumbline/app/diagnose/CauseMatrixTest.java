package io.plumbline.app.diagnose;

import static io.plumbline.app.diagnose.BrokenWorld.BUNDLE_KEY;
import static io.plumbline.app.diagnose.BrokenWorld.BYBIT;
import static io.plumbline.app.diagnose.BrokenWorld.KEY;
import static io.plumbline.app.diagnose.BrokenWorld.SPOT;
import static io.plumbline.app.diagnose.BrokenWorld.USDM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.config.ConfigException;
import io.plumbline.app.diagnose.BrokenWorld.Magnitude;
import io.plumbline.diagnose.Cause;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each way in which prices break at a seam, in each value format and price magnitude, from frames
 * and Redis observations to the sentence of the page: the cause is named right, and random values
 * have none.
 */
@Tag("slow")
final class CauseMatrixTest {
    private static final long SEED = 20_261_127L;
    private static final List<Magnitude> MAGNITUDES =
            List.of(new Magnitude(124, -8), new Magnitude(12_346, -4), new Magnitude(678_902, -1));
    private static final List<String> FORMATS = List.of("plain", "json:price", "hash:price");
    private static final int HEALTHY = 40;
    private static final int BROKEN = 30;

    /**
     * One way of breaking.
     *
     * @param says what the page must say of it
     */
    private record Fault(
            Cause cause,
            FindingKind kind,
            String key,
            boolean trending,
            boolean knownTicks,
            Function<BrokenWorld, String> value,
            String says) {
        @Override
        public String toString() {
            return cause + " as " + kind + " of " + key;
        }
    }

    private record Cell(Fault fault, String format, Magnitude magnitude) {}

    private static final List<Fault> FAULTS =
            List.of(
                    spot(
                            Cause.OTHER_FIELD,
                            BrokenWorld::bid,
                            "it is the bid: the writer reads the bid where it should read the"
                                    + " last"),
                    spot(Cause.OTHER_FIELD, BrokenWorld::ask, "it is the ask:"),
                    spot(
                            Cause.OTHER_FIELD,
                            w -> half(new BigDecimal(w.bid()).add(new BigDecimal(w.ask()))),
                            "it is the mid:"),
                    bundle(Cause.OTHER_FIELD, BrokenWorld::mark, "it is the mark:"),
                    bundle(Cause.OTHER_FIELD, BrokenWorld::index, "it is the index:"),
                    spot(
                            Cause.OTHER_MARKET,
                            w -> w.last(USDM + " COIN/USDT:USDT"),
                            "it is the last of COIN/USDT:USDT on binance-usdm, another market"),
                    spot(
                            Cause.OTHER_VENUE,
                            w -> w.last(BYBIT + " COIN/USDT"),
                            "it is the last of COIN/USDT on bybit-spot, another exchange"),
                    spot(
                            Cause.OTHER_INSTRUMENT,
                            w -> w.last(SPOT + " OTHERC/USDT"),
                            "it is the last of OTHERC/USDT on binance-spot, another instrument"),
                    spot(Cause.SCALED, w -> times(w, KEY, 2), " times 100: look at the exponent"),
                    spot(Cause.SCALED, w -> times(w, KEY, -3), " times 0.001: look at"),
                    bundle(
                            Cause.CONTRACT_MULTIPLIER,
                            w -> times(w, BUNDLE_KEY, -3),
                            " times 0.001: the contract counts many coins"),
                    spot(
                            Cause.INVERTED,
                            w -> Double.toString(1 / Double.parseDouble(own(w, KEY))),
                            ": the writer turns the pair round"),
                    noise(FindingKind.PRICE_WRONG, false),
                    noise(FindingKind.PRICE_PRECISION, true),
                    narrow(FindingKind.PRICE_WRONG, false),
                    narrow(FindingKind.PRICE_PRECISION, true),
                    spot(
                            Cause.TRUNCATED,
                            w -> cut(w, RoundingMode.DOWN),
                            " with digits cut or rounded off"),
                    spot(
                            Cause.TRUNCATED,
                            w -> cut(w, RoundingMode.HALF_UP),
                            " with digits cut or rounded off"),
                    new Fault(
                            Cause.OLDER_VALUE,
                            FindingKind.PRICE_WRONG,
                            KEY,
                            true,
                            true,
                            w -> w.last(SPOT + " COIN/USDT", 600),
                            "it was the last "),
                    spot(
                            Cause.WRONG_QUOTE,
                            w -> w.last(SPOT + " COIN/EUR"),
                            "it is the last of COIN/EUR on binance-spot: a price in another"
                                    + " currency"),
                    spot(
                            Cause.WRONG_QUOTE,
                            w ->
                                    new BigDecimal(own(w, KEY))
                                            .divide(
                                                    new BigDecimal(w.last(SPOT + " EUR/USDT")),
                                                    MathContext.DECIMAL64)
                                            .toPlainString(),
                            "it is the price at the rate of EUR/USDT on binance-spot"));

    private static Fault spot(
            final Cause cause, final Function<BrokenWorld, String> value, final String says) {
        return new Fault(cause, FindingKind.PRICE_WRONG, KEY, false, true, value, says);
    }

    private static Fault bundle(
            final Cause cause, final Function<BrokenWorld, String> value, final String says) {
        return new Fault(cause, FindingKind.PRICE_WRONG, BUNDLE_KEY, false, true, value, says);
    }

    private static Fault noise(final FindingKind kind, final boolean knownTicks) {
        return new Fault(
                Cause.FLOAT64_NOISE,
                kind,
                KEY,
                false,
                knownTicks,
                w -> Double.toString(Math.nextUp(Math.nextUp(Double.parseDouble(own(w, KEY))))),
                "the noise of binary arithmetic");
    }

    private static Fault narrow(final FindingKind kind, final boolean knownTicks) {
        return new Fault(
                Cause.FLOAT32,
                kind,
                KEY,
                false,
                knownTicks,
                w -> Double.toString((double) Float.parseFloat(own(w, KEY))),
                "a float of 32 bits");
    }

    private static String own(final BrokenWorld world, final String key) {
        return world.last(key.equals(KEY) ? SPOT + " COIN/USDT" : USDM + " 1000COIN/USDT:USDT");
    }

    private static String times(final BrokenWorld world, final String key, final int power) {
        return new BigDecimal(own(world, key)).scaleByPowerOfTen(power).toPlainString();
    }

    private static String cut(final BrokenWorld world, final RoundingMode mode) {
        return new BigDecimal(own(world, KEY))
                .setScale(-world.magnitude.tickExponent() - 1, mode)
                .toPlainString();
    }

    private static String half(final BigDecimal sum) {
        return sum.divide(BigDecimal.valueOf(2), MathContext.UNLIMITED).toPlainString();
    }

    static Stream<Cell> cells() {
        final List<Cell> cells = new ArrayList<>();
        for (final Fault fault : FAULTS) {
            for (final String format : FORMATS) {
                for (final Magnitude magnitude : MAGNITUDES) {
                    cells.add(new Cell(fault, format, magnitude));
                }
            }
        }
        return cells.stream();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldNameWhatBroke(final Cell cell) throws ConfigException {
        final Fault fault = cell.fault;
        final BrokenWorld world =
                new BrokenWorld(
                        cell.magnitude, cell.format, fault.trending, fault.knownTicks, SEED);
        world.healthy(fault.trending ? 700 : HEALTHY);
        for (int i = 0; i < (fault.trending ? 3 * BROKEN : BROKEN); i++) {
            world.trade();
            final boolean spot = fault.key.equals(KEY);
            world.write(KEY, spot ? fault.value.apply(world) : own(world, KEY));
            world.write(BUNDLE_KEY, spot ? own(world, BUNDLE_KEY) : fault.value.apply(world));
            world.pass();
        }
        final int broken = world.findings.size();
        world.healthy(HEALTHY);
        final List<String> told = new ArrayList<>();
        String page = "";
        for (int i = 0; i < world.findings.size(); i++) {
            final Finding finding = world.findings.get(i);
            final String cause = finding.text(Evidence.CAUSE);
            told.add(i + " " + finding.kind + ' ' + finding.edge + ' ' + finding.key + ' ' + cause);
            if (finding.kind == fault.kind && finding.edge != Edge.CLOSE && i < broken) {
                page = world.sentences.get(i);
            }
        }
        final String all = String.join("\n", told) + "\n" + String.join("\n", world.sentences);
        assertTrue(page.contains(fault.says), "seed " + SEED + "\n" + all);
        final List<String> causes =
                world.findings.stream()
                        .filter(f -> f.kind == fault.kind && f.key.equals(fault.key))
                        .map(f -> f.text(Evidence.CAUSE))
                        .filter(cause -> !cause.equals("?") && !cause.equals("UNKNOWN"))
                        .distinct()
                        .toList();
        assertEquals(List.of(fault.cause.name()), causes, all);
        if (fault.kind == FindingKind.PRICE_WRONG) {
            assertEquals(
                    fault.cause.name(),
                    world.findings.stream()
                            .filter(f -> f.kind == fault.kind && f.edge == Edge.CLOSE)
                            .map(f -> f.text(Evidence.CAUSE))
                            .reduce("not closed", (before, last) -> last),
                    all);
        }
    }

    static Stream<Cell> random() {
        return MAGNITUDES.stream()
                .flatMap(m -> FORMATS.stream().map(format -> new Cell(null, format, m)));
    }

    /** Near the price, somewhere about it, or of any size; with as many digits as prices have. */
    @ParameterizedTest
    @MethodSource("random")
    void shouldNotExplainRandomValues(final Cell cell) throws ConfigException {
        final BrokenWorld world = new BrokenWorld(cell.magnitude, cell.format, false, true, SEED);
        final Random random = new Random(SEED);
        world.healthy(HEALTHY);
        int values = 0;
        final int rounds = cell.format.equals("plain") ? 100 : 20;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < 12; i++) {
                world.trade();
                world.write(KEY, random(world, round % 3, random));
                world.write(BUNDLE_KEY, own(world, BUNDLE_KEY));
                world.pass();
                values++;
            }
            world.healthy(20);
        }
        final List<String> explained = new ArrayList<>();
        int opened = 0;
        for (int i = 0; i < world.findings.size(); i++) {
            final Finding finding = world.findings.get(i);
            if (finding.kind == FindingKind.PRICE_WRONG) {
                opened += finding.edge == Edge.OPEN ? 1 : 0;
                if (!finding.text(Evidence.CAUSE).equals("UNKNOWN")) {
                    explained.add(finding.edge + " " + world.sentences.get(i));
                }
            }
        }
        assertEquals(List.of(), explained, values + " values, seed " + SEED);
        assertTrue(opened > rounds / 2, opened + " findings of " + values + " values");
    }

    private static String random(final BrokenWorld world, final int size, final Random random) {
        final long price = new BigDecimal(own(world, KEY)).unscaledValue().longValue();
        final long ticks =
                switch (size) {
                    case 0 -> price + random.nextInt(41) - 20;
                    case 1 -> price + (long) (price * (random.nextDouble() - 0.5) / 5);
                    default -> (long) (price * Math.pow(10, 4 * random.nextDouble() - 1.5));
                };
        return world.magnitude.text(Math.max(1, ticks));
    }

    @Test
    void shouldSayHowOldALateOrFrozenValueIs() throws ConfigException {
        for (final Magnitude magnitude : MAGNITUDES) {
            final BrokenWorld late = new BrokenWorld(magnitude, "plain", true, true, SEED);
            late.healthy(100);
            for (int i = 0; i < BROKEN; i++) {
                late.trade();
                late.write(KEY, late.last(SPOT + " COIN/USDT", 50));
                late.write(BUNDLE_KEY, own(late, BUNDLE_KEY));
                late.pass();
            }
            assertEquals(FindingKind.PRICE_LATE, late.findings.get(0).kind);
            assertEquals("OLDER_VALUE", late.findings.get(0).text(Evidence.CAUSE));
            final BrokenWorld frozen = new BrokenWorld(magnitude, "plain", true, true, SEED);
            frozen.healthy(100);
            for (int i = 0; i < 2 * BROKEN; i++) {
                frozen.trade();
                frozen.write(BUNDLE_KEY, own(frozen, BUNDLE_KEY));
                frozen.pass();
            }
            assertEquals(FindingKind.PRICE_FROZEN, frozen.findings.get(0).kind);
            assertEquals("OLDER_VALUE", frozen.findings.get(0).text(Evidence.CAUSE));
            assertTrue(
                    frozen.sentences.get(0).contains("; it was the last "),
                    frozen.sentences.get(0));
        }
    }
}
