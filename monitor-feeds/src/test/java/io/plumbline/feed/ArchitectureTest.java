package io.plumbline.feed;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls of monitor-feeds. */
class ArchitectureTest {
    private static final JavaClasses FEEDS =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.plumbline.feed");

    @Test
    void importsRunAlongTheFlow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("feed")
                .definedBy("io.plumbline.feed")
                .layer("json")
                .definedBy("..feed.json..")
                .layer("venue")
                .definedBy("..feed.venue..")
                .layer("provider")
                .definedBy("..feed.provider..")
                .layer("websocket")
                .definedBy("..feed.websocket..")
                .layer("rest")
                .definedBy("..feed.rest..")
                .layer("backfill")
                .definedBy("..feed.backfill..")
                .layer("probe")
                .definedBy("..feed.probe..")
                .layer("redis")
                .definedBy("..feed.redis..")
                .layer("capture")
                .definedBy("..feed.capture..")
                .layer("sim")
                .definedBy("..feed.sim..")
                .whereLayer("sim")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("backfill")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("websocket")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("rest")
                .mayOnlyBeAccessedByLayers("websocket", "backfill")
                .whereLayer("redis")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("probe")
                .mayOnlyBeAccessedByLayers("redis")
                .whereLayer("capture")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("provider")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("venue")
                .mayOnlyBeAccessedByLayers("websocket", "rest", "backfill", "provider")
                .whereLayer("json")
                .mayOnlyBeAccessedByLayers("venue", "capture", "provider", "redis")
                .whereLayer("feed")
                .mayOnlyBeAccessedByLayers("websocket", "rest", "backfill", "probe", "redis")
                .because(
                        "json serves venue and redis, venue serves provider, rest and websocket,"
                            + " rest serves backfill and lends websocket its trust, probe serves"
                            + " redis, and capture and sim stand alone: what two of them need"
                            + " belongs to feed or the core")
                .check(FEEDS);
    }

    @Test
    void everyRoomHasItsWalls() {
        classes()
                .should()
                .resideInAnyPackage(
                        "io.plumbline.feed",
                        "..feed.json..",
                        "..feed.venue..",
                        "..feed.provider..",
                        "..feed.websocket..",
                        "..feed.rest..",
                        "..feed.backfill..",
                        "..feed.probe..",
                        "..feed.redis..",
                        "..feed.capture..",
                        "..feed.sim..")
                .because("a new package is given its place in importsRunAlongTheFlow first")
                .check(FEEDS);
    }

    @Test
    void librariesStayInTheirRooms() {
        only(
                "io.netty..",
                "sockets to exchanges are websocket's, and their trust is rest's: describe yours"
                        + " as a venue.Venue",
                "..feed.websocket..",
                "..feed.rest..");
        only(
                "org.java_websocket..",
                "the simulator is an independent implementation: the client is Netty's",
                "..feed.sim..");
        only(
                "redis.clients..",
                "Redis is reached through RedisFeed; only the simulator's writer has its own way",
                "..feed.redis..",
                "..feed.sim..");
        only(
                "com.github.luben..",
                "packing and unpacking are capture's: use Captures or Compression",
                "..feed.capture..");
        only(
                "org.agrona..",
                "binary venues are read by generated codecs: describe the layout in src/main/sbe",
                "..feed.venue..");
        only(
                "com.fasterxml..",
                "frames are read without allocating: use json.JsonCursor; a library is for cold"
                        + " paths (rest's references, backfill, capture, sim)",
                "..feed.websocket..",
                "..feed.rest..",
                "..feed.backfill..",
                "..feed.capture..",
                "..feed.sim..",
                "..feed.venue..");
    }

    @Test
    void framesAreReadByTheCursor() {
        noClasses()
                .that()
                .resideInAnyPackage("..feed.json..", "..feed.venue..", "..feed.provider..")
                .and()
                .doNotHaveFullyQualifiedName("io.plumbline.feed.venue.BinanceExchangeInfo")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .because(
                        "frames are read without allocating: use json.JsonCursor; only lists of"
                                + " instruments, read once, come through Jackson")
                .check(FEEDS);
    }

    private void only(final String library, final String instead, final String... rooms) {
        noClasses()
                .that(resideOutsideOfPackages(rooms))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because(instead)
                .check(FEEDS);
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
                .because("time is data: take nowNs as an argument, or FeedContext.clock()")
                .check(FEEDS);
    }

    @Test
    void pricesAreDecimals() {
        fields().should()
                .notHaveRawType(double.class)
                .andShould()
                .notHaveRawType(float.class)
                .because("money is exact: use market.Decimal, or text")
                .check(FEEDS);
    }

    @Test
    void threadsAreMadeByTheCompositionRoot() {
        noClasses()
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
                        "java\\.util\\.concurrent\\.(Executors|.*PoolExecutor|ForkJoinPool|"
                                + "CompletableFuture)|java\\.util\\.Timer")
                .because(
                        "only Monitor makes threads: take inbound.Threads, FeedContext.threads(),"
                                + " or the event loops that are handed in")
                .check(FEEDS);
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
                .check(FEEDS);
    }
}
