package io.webwatch.servlet;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Enforces the direction of the dependencies between the packages of this module. */
@AnalyzeClasses(packages = "io.webwatch.servlet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packages_dependOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.webwatch.servlet..")
            .layer("http")
            .definedBy("io.webwatch.servlet.internal.http")
            .layer("client")
            .definedBy("io.webwatch.servlet.internal.client")
            .layer("collect")
            .definedBy("io.webwatch.servlet.internal.collect")
            .layer("inject")
            .definedBy("io.webwatch.servlet.internal.inject")
            .layer("tracker")
            .definedBy("io.webwatch.servlet.internal.tracker")
            .layer("dashboard")
            .definedBy("io.webwatch.servlet.internal.dashboard")
            .layer("api")
            .definedBy("io.webwatch.servlet")
            .ensureAllClassesAreContainedInArchitecture()
            .whereLayer("api")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("collect")
            .mayOnlyBeAccessedByLayers("api")
            .whereLayer("inject")
            .mayOnlyBeAccessedByLayers("api")
            .whereLayer("tracker")
            .mayOnlyBeAccessedByLayers("api")
            .whereLayer("dashboard")
            .mayOnlyBeAccessedByLayers("api")
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers("collect", "inject", "tracker", "dashboard", "api")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("client", "collect", "inject", "tracker", "dashboard", "api");

    @ArchTest
    static final ArchRule asynchronousAnswers_areStartedInOnePlace = noClasses()
            .that()
            .haveNameNotMatching("io\\.webwatch\\.servlet\\.internal\\.http\\.AsyncAnswer(\\$.*)?")
            .and()
            .resideOutsideOfPackage("io.webwatch.servlet.internal.inject") // wraps the contexts of the application
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("jakarta.servlet.AsyncContext");

    @ArchTest
    static final ArchRule time_comesFromATimeSource = noClasses()
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule threads_areCreatedByDaemonThreads =
            noClasses().should().callConstructorWhere(target(owner(assignableTo(Thread.class))));
}
