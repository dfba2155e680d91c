package io.webwatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the direction of the dependencies between packages. */
@AnalyzeClasses(packages = "io.webwatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packages_dependOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.webwatch..")
            .layer("event")
            .definedBy("io.webwatch.event")
            .layer("config")
            .definedBy("io.webwatch.config")
            .layer("codec")
            .definedBy("io.webwatch.codec")
            .layer("ring")
            .definedBy("io.webwatch.ring")
            .layer("enrich")
            .definedBy("io.webwatch.enrich")
            .layer("sink")
            .definedBy("io.webwatch.sink")
            .layer("query")
            .definedBy("io.webwatch.query")
            .layer("log")
            .definedBy("io.webwatch.log")
            .layer("live")
            .definedBy("io.webwatch.live")
            .layer("root")
            .definedBy("io.webwatch")
            .whereLayer("root")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("live")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("log")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("enrich")
            .mayOnlyBeAccessedByLayers("log", "root")
            .whereLayer("ring")
            .mayOnlyBeAccessedByLayers("log", "root")
            .whereLayer("codec")
            .mayOnlyBeAccessedByLayers("enrich", "log", "root")
            .whereLayer("query")
            .mayOnlyBeAccessedByLayers("sink", "root")
            .whereLayer("sink")
            .mayOnlyBeAccessedByLayers("log", "live", "root")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("enrich", "log", "sink", "root");

    @ArchTest
    static final ArchRule event_usesJavaAlone = classes()
            .that()
            .resideInAPackage("io.webwatch.event")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.webwatch.event", "org.jspecify..");

    @ArchTest
    static final ArchRule ring_usesJavaAlone = classes()
            .that()
            .resideInAPackage("io.webwatch.ring")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.webwatch.ring", "org.jspecify..");
}
