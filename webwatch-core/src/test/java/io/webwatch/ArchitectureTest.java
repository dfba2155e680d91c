package io.webwatch;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Enforces the direction of the dependencies between packages. */
@AnalyzeClasses(packages = "io.webwatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packages_dependOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.webwatch..")
            .layer("runtime")
            .definedBy("io.webwatch.runtime")
            .layer("event")
            .definedBy("io.webwatch.event")
            .layer("bytes")
            .definedBy("io.webwatch.bytes")
            .layer("ring")
            .definedBy("io.webwatch.ring")
            .layer("query")
            .definedBy("io.webwatch.query")
            .layer("config")
            .definedBy("io.webwatch.config")
            .layer("wire")
            .definedBy("io.webwatch.wire")
            .layer("json")
            .definedBy("io.webwatch.json")
            .layer("sink")
            .definedBy("io.webwatch.sink")
            .layer("intake")
            .definedBy("io.webwatch.intake")
            .layer("enrich")
            .definedBy("io.webwatch.enrich")
            .layer("journal")
            .definedBy("io.webwatch.journal")
            .layer("log")
            .definedBy("io.webwatch.log")
            .layer("batch")
            .definedBy("io.webwatch.batch")
            .layer("delivery")
            .definedBy("io.webwatch.delivery")
            .layer("live")
            .definedBy("io.webwatch.live")
            .layer("request")
            .definedBy("io.webwatch.request")
            .layer("status")
            .definedBy("io.webwatch.status")
            .layer("root")
            .definedBy("io.webwatch")
            .whereLayer("root")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("live")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("delivery")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("batch")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("log")
            .mayOnlyBeAccessedByLayers("batch", "delivery", "root")
            .whereLayer("journal")
            .mayOnlyBeAccessedByLayers("batch", "log")
            .whereLayer("enrich")
            .mayOnlyBeAccessedByLayers("batch", "root")
            .whereLayer("intake")
            .mayOnlyBeAccessedByLayers("enrich", "batch", "root")
            .whereLayer("sink")
            .mayOnlyBeAccessedByLayers("journal", "log", "batch", "delivery", "live", "root")
            .whereLayer("json")
            .mayOnlyBeAccessedByLayers("enrich", "journal", "delivery")
            .whereLayer("wire")
            .mayOnlyBeAccessedByLayers("intake", "enrich", "root")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("sink", "intake", "enrich", "journal", "log", "batch", "delivery", "root")
            .whereLayer("query")
            .mayOnlyBeAccessedByLayers("sink", "root")
            .whereLayer("ring")
            .mayOnlyBeAccessedByLayers("intake", "batch", "root")
            .whereLayer("request")
            .mayOnlyBeAccessedByLayers("intake", "enrich", "root")
            .whereLayer("status")
            .mayOnlyBeAccessedByLayers("log", "delivery", "root")
            .whereLayer("bytes")
            .mayOnlyBeAccessedByLayers("json", "journal", "wire");

    @ArchTest
    static final ArchRule event_dependsOnlyOnJava = classes()
            .that()
            .resideInAPackage("io.webwatch.event")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.webwatch.event", "org.jspecify..");

    @ArchTest
    static final ArchRule ring_dependsOnlyOnJava = classes()
            .that()
            .resideInAPackage("io.webwatch.ring")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.webwatch.ring", "org.jspecify..");

    @ArchTest
    static final ArchRule bytes_dependsOnlyOnJava = classes()
            .that()
            .resideInAPackage("io.webwatch.bytes")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.webwatch.bytes", "org.jspecify..");

    @ArchTest
    static final ArchRule runtime_dependsOnlyOnJava = classes()
            .that()
            .resideInAPackage("io.webwatch.runtime")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.webwatch.runtime", "org.jspecify..");

    /** The ring parks its consumer for a time that only the machine can measure. */
    @ArchTest
    static final ArchRule time_comesFromTimeSource = noClasses()
            .that()
            .resideOutsideOfPackages("io.webwatch.runtime", "io.webwatch.ring")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule threads_areCreatedByDaemonThreads = noClasses()
            .that()
            .resideOutsideOfPackage("io.webwatch.runtime")
            .should()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))));
}
