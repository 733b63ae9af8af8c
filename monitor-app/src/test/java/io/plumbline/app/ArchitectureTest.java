package io.plumbline.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls of monitor-app. */
class ArchitectureTest {
    private static final JavaClasses APP =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.plumbline.app");

    @Test
    void importsRunAlongTheFlow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("template")
                .definedBy("..app.template..")
                .layer("config")
                .definedBy("..app.config..")
                .layer("universe")
                .definedBy("..app.universe..")
                .layer("watch")
                .definedBy("..app.watch..")
                .layer("replay")
                .definedBy("..app.replay..")
                .layer("report")
                .definedBy("..app.report..")
                .layer("desk")
                .definedBy("..app.desk..")
                .layer("gate")
                .definedBy("..app.gate..")
                .layer("alert")
                .definedBy("..app.alert..")
                .layer("latency")
                .definedBy("..app.latency..")
                .layer("database")
                .definedBy("..app.database..")
                .layer("profile")
                .definedBy("..app.profile..")
                .layer("http")
                .definedBy("..app.http..")
                .layer("demo")
                .definedBy("..app.demo..")
                .layer("root")
                .definedBy("io.plumbline.app")
                .whereLayer("root")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("demo")
                .mayOnlyBeAccessedByLayers("root")
                .whereLayer("replay")
                .mayOnlyBeAccessedByLayers("report", "root")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("root")
                .whereLayer("database")
                .mayOnlyBeAccessedByLayers("root")
                .whereLayer("profile")
                .mayOnlyBeAccessedByLayers("root")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("root")
                .whereLayer("alert")
                .mayOnlyBeAccessedByLayers("root")
                .whereLayer("latency")
                .mayOnlyBeAccessedByLayers("http", "report", "root")
                .whereLayer("desk")
                .mayOnlyBeAccessedByLayers("alert", "gate", "report", "root")
                .whereLayer("gate")
                .mayOnlyBeAccessedByLayers("http", "root")
                .whereLayer("watch")
                .mayOnlyBeAccessedByLayers("universe", "replay", "root")
                .whereLayer("universe")
                .mayOnlyBeAccessedByLayers("root")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers(
                        "watch", "universe", "replay", "report", "profile", "root")
                .whereLayer("template")
                .mayOnlyBeAccessedByLayers("config", "alert", "root")
                .because(
                        "the root composes and nobody knows it: hand in an interface of the room's"
                                + " own (as desk.Pager and http.MonitorView are) and let the root"
                                + " implement it")
                .check(APP);
    }

    @Test
    void everyRoomHasItsWalls() {
        classes()
                .should()
                .resideInAnyPackage(
                        "io.plumbline.app",
                        "..app.template..",
                        "..app.config..",
                        "..app.universe..",
                        "..app.watch..",
                        "..app.replay..",
                        "..app.report..",
                        "..app.desk..",
                        "..app.gate..",
                        "..app.alert..",
                        "..app.latency..",
                        "..app.http..",
                        "..app.database..",
                        "..app.profile..",
                        "..app.demo..")
                .because("a new package is given its place in importsRunAlongTheFlow first")
                .check(APP);
    }

    @Test
    void onlySystemClockReadsTheClock() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .because("time is data: take nowNs as an argument, or an EpochNanoClock at an edge")
                .check(APP);
    }

    @Test
    void threadsAreMadeByTheCompositionRoot() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.plumbline.app.Monitor")
                .and()
                .doNotHaveFullyQualifiedName("io.plumbline.app.Termination")
                .should()
                .callConstructor(Thread.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class, String.class)
                .orShould()
                .callConstructor(Thread.class, String.class)
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.util\\.concurrent\\.(Executors|.*Executor|ForkJoinPool|"
                                + "CompletableFuture)|java\\.util\\.Timer")
                .because(
                        "only Monitor makes threads: take inbound.Threads, which is"
                                + " Monitor::background")
                .check(APP);
    }

    @Test
    void librariesStayInTheirRooms() {
        only("io.prometheus..", "the text of /metrics is http's: give it a number", "..app.http..");
        only("picocli..", "options are the commands': take plain values", "io.plumbline.app");
        only(
                "java.sql..",
                "the monitor's own database is alert.Outbox, others are read by"
                        + " database.TableProbe",
                "..app.alert..",
                "..app.database..");
        only(
                "org.sqlite..",
                "the monitor's own database is alert.Outbox: go through it",
                "..app.alert..",
                "..app.database..");
        only(
                "io.netty..",
                "sockets are http's, event loops Monitor's: give http an Answer",
                "..app.http..",
                "io.plumbline.app");
        only("redis.embedded..", "only the demo starts a Redis: use Stage", "..app.demo..");
        only("org.yaml..", "YAML is read once: take the records of config", "..app.config..");
        only("ch.qos.logback..", "log by slf4j; only Shell looks at the log", "io.plumbline.app");
    }

    private void only(final String library, final String instead, final String... rooms) {
        noClasses()
                .that(resideOutsideOfPackages(rooms))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because(instead)
                .check(APP);
    }

    /** Excepted: how many times faster than recorded a replay runs, and units of time. */
    @Test
    void pricesAreDecimals() {
        fields().that()
                .doNotHaveFullName("io.plumbline.app.replay.Replay.speed")
                .and()
                .doNotHaveFullName("io.plumbline.app.demo.Demo.MS")
                .and()
                .doNotHaveFullName("io.plumbline.app.http.LatencyMetrics.NANOS_PER_SECOND")
                .and()
                .doNotHaveFullName("io.plumbline.app.http.MonitorMetrics.NANOS_PER_SECOND")
                .and()
                .doNotHaveFullName("io.plumbline.app.http.CopyMetrics.NANOS_PER_SECOND")
                .and()
                .doNotHaveFullName("io.plumbline.app.http.RedisMetrics.NANOS_PER_SECOND")
                .and()
                .doNotHaveFullName("io.plumbline.app.latency.LatencyLog.NANOS_PER_MILLI")
                .should()
                .notHaveRawType(double.class)
                .andShould()
                .notHaveRawType(float.class)
                .because("money is exact: use market.Decimal, or text")
                .check(APP);
    }

    @Test
    void namesSayTheRole() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .because("name the thing by what it is in the domain")
                .check(APP);
    }
}
