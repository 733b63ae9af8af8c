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
                .layer("websocket")
                .definedBy("..feed.websocket..")
                .layer("backfill")
                .definedBy("..feed.backfill..")
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
                .mayOnlyBeAccessedByLayers("backfill")
                .whereLayer("redis")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("capture")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("venue")
                .mayOnlyBeAccessedByLayers("websocket", "backfill")
                .whereLayer("json")
                .mayOnlyBeAccessedByLayers("venue", "capture")
                .whereLayer("feed")
                .mayOnlyBeAccessedByLayers("websocket", "backfill", "redis")
                .because(
                        "json serves venue, venue serves websocket, whose REST client serves"
                                + " backfill, and redis, capture and sim"
                                + " stand alone: what two of them need belongs to feed or the core")
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
                        "..feed.websocket..",
                        "..feed.backfill..",
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
                "sockets to exchanges are websocket's: describe yours as a venue.Venue",
                "..feed.websocket..");
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
                "com.fasterxml..",
                "frames are read without allocating: use json.JsonCursor; a library is for cold"
                        + " paths (websocket's references, capture, sim)",
                "..feed.websocket..",
                "..feed.backfill..",
                "..feed.capture..",
                "..feed.sim..",
                "..feed.venue..");
    }

    @Test
    void framesAreReadByTheCursor() {
        noClasses()
                .that()
                .resideInAnyPackage("..feed.json..", "..feed.venue..")
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
