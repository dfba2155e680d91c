package io.webwatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;

/** Enforces that an application which uses the API never meets an internal type or a type of a library. */
@AnalyzeClasses(packages = "io.webwatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ApiTest {
    private static final Set<String> API = Set.of(
            "io.webwatch",
            "io.webwatch.config",
            "io.webwatch.event",
            "io.webwatch.live",
            "io.webwatch.query",
            "io.webwatch.request",
            "io.webwatch.sink",
            "io.webwatch.status");

    @ArchTest
    static final ArchRule publicSignatures_mentionOnlyTheApi = classes()
            .that(DescribedPredicate.describe(
                    "are public in an API package", type -> API.contains(type.getPackageName()) && isPublic(type)))
            .should(new ArchCondition<>("mention only types of the API and of Java") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
                            .filter(parent -> !isAllowed(parent))
                            .forEach(parent -> violation(type, type.getName(), parent, events));
                    for (JavaMember member : type.getMembers()) {
                        if (isVisible(member)) {
                            mentionedBy(member)
                                    .filter(mentioned -> !isAllowed(mentioned))
                                    .forEach(mentioned -> violation(type, member.getFullName(), mentioned, events));
                        }
                    }
                }
            });

    private static void violation(JavaClass type, String where, JavaClass mentioned, ConditionEvents events) {
        events.add(SimpleConditionEvent.violated(type, where + " mentions " + mentioned.getName()));
    }

    private static Stream<JavaClass> mentionedBy(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getType().getAllInvolvedRawTypes().stream();
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        Stream<JavaType> parameters = code.getParameterTypes().stream();
        return Stream.concat(
                Stream.concat(Stream.of(code.getReturnType()), parameters)
                        .flatMap(mentioned -> mentioned.getAllInvolvedRawTypes().stream()),
                code.getExceptionTypes().stream());
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ApiTest::isPublic).orElse(true);
    }

    private static boolean isAllowed(JavaClass type) {
        JavaClass base = type.getBaseComponentType();
        String name = base.getPackageName();
        return base.isPrimitive()
                || name.startsWith("java.")
                || name.startsWith("org.jspecify.")
                || name.startsWith("org.slf4j")
                || API.contains(name) && isPublic(base);
    }
}
