package io.plumbline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls of monitor-core. */
class ArchitectureTest {
    private final JavaClasses core =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.plumbline");

    @Test
    void importsRunAlongTheFlow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("time")
                .definedBy("..time..")
                .layer("metrics")
                .definedBy("..metrics..")
                .layer("inbound")
                .definedBy("..inbound..")
                .layer("journal")
                .definedBy("..journal..")
                .layer("market")
                .definedBy("..market..")
                .layer("diagnose")
                .definedBy("..diagnose..")
                .layer("finding")
                .definedBy("..finding..")
                .layer("detect")
                .definedBy("..detect..")
                .whereLayer("detect")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("finding")
                .mayOnlyBeAccessedByLayers("detect")
                .whereLayer("diagnose")
                .mayOnlyBeAccessedByLayers("detect")
                .whereLayer("market")
                .mayOnlyBeAccessedByLayers("diagnose", "finding", "detect")
                .whereLayer("journal")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("inbound")
                .mayOnlyBeAccessedByLayers("journal", "market", "finding", "detect")
                .because(
                        "data walks from inbound over market, diagnose, detect to finding; hand a"
                                + " value on to the right instead of reaching back to the left")
                .check(core);
    }

    @Test
    void theDisruptorStaysBehindItsTwoRings() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..inbound..", "..finding..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.lmax..")
                .because("rings belong to InboundRing and FindingRing: offer() or publish() there")
                .check(core);
    }

    @Test
    void onlySystemClockReadsTheClock() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.plumbline.time.SystemClock")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .because("time is data: take nowNs as an argument, or an EpochNanoClock at an edge")
                .check(core);
    }

    @Test
    void noLoggerNoJsonNoNetwork() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.slf4j..", "com.fasterxml..", "java.net..", "java.util.logging..")
                .because(
                        "the hot path cannot log, parse by library or block: raise a finding, count"
                                + " it")
                .check(core);
    }

    @Test
    void pricesAreDecimals() {
        fields().should()
                .notHaveRawType(double.class)
                .andShould()
                .notHaveRawType(float.class)
                .because("money is exact: use market.Decimal")
                .check(core);
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
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.Executors")
                .because(
                        "only Monitor makes threads: take the functional interface that it hands"
                                + " out")
                .check(core);
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
                .check(core);
    }
}
