package io.plumbline.bench;

import io.plumbline.app.desk.CaseNotice;
import io.plumbline.app.desk.Desk;
import io.plumbline.app.desk.DeskSettings;
import io.plumbline.app.desk.FindingLog;
import io.plumbline.app.desk.Pager;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.metrics.Counters;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One finding from the desk's hand to its case: sentence, JSON line, recent findings, case, pages.
 * Everything but the file that keeps it, and the channels. So many cases are open at the same time;
 * each finding is the next of one of them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CaseBenchmark {
    private static final long STEP_NS = 1_000_000L;

    /** Cases that are open. */
    @Param({"1", "100", "1000"})
    public int open;

    /** Findings handed over at once. */
    @Param("16")
    public int batch;

    private final Finding finding = new Finding();
    private final World world = new World(1, "250ms");
    private String[] keys;
    private Told told;
    private Desk desk;
    private int next;
    private int inBatch;
    private long nowNs = World.START_NS;

    @Setup
    public void prepare() {
        keys = new String[open];
        for (int i = 0; i < open; i++) {
            keys[i] = "pms:price:S" + i + "/USDT:USDT";
        }
        told = new Told();
        desk =
                new Desk(
                        DeskSettings.defaults(),
                        world.detectors::describe,
                        FindingLog.none(),
                        told,
                        new Counters(),
                        List.of());
    }

    @Benchmark
    public int settle() {
        nowNs += STEP_NS;
        next = next + 1 == open ? 0 : next + 1;
        finding.clear();
        finding.kind = FindingKind.PRICE_WRONG;
        finding.edge = Edge.OPEN;
        finding.severity = finding.kind.severity();
        finding.detector = "price";
        finding.venue = "binance-usdm";
        finding.key = keys[next];
        finding.atNs = nowNs;
        finding.with(Evidence.LASTED_NS, STEP_NS);
        desk.onFinding(finding);
        if (++inBatch >= batch) {
            inBatch = 0;
            desk.onBatchEnd();
        }
        return told.notices;
    }

    @TearDown
    public void check() {
        if (desk.cases().size() != open) {
            throw new IllegalStateException(desk.cases().size() + " cases instead of " + open);
        }
        desk.close();
    }

    /** Hears of the cases, and keeps nothing. */
    private static final class Told implements Pager {
        private int notices;

        @Override
        public void commit(final List<CaseNotice> some) {
            notices += some.size();
        }
    }
}
