package io.webwatch.test.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** A correct sink passes the kit, and the kit finds each flaw. */
class SinkCompatibilityKitTest {
    /** Three tests of unacceptable events, and nine of a failing peer. */
    private static final int DYNAMIC_TESTS = 3 + 9;

    @AfterEach
    void reset() {
        FlawedSinkKit.flaw = Flaw.NONE;
    }

    @Test
    void kit_acceptsACorrectSink() {
        var tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(FlawedSinkKit.class))
                .execute()
                .testEvents();
        assertThat(failures(tests.failed().stream())).isEmpty();
        assertThat(tests.succeeded().count()).isEqualTo(annotated(Test.class).size() + DYNAMIC_TESTS);
        assertThat(tests.skipped().count() + tests.aborted().count()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = Flaw.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void kit_findsTheFlaw(Flaw flaw) {
        FlawedSinkKit.flaw = flaw;
        var tests = EngineTestKit.engine("junit-jupiter")
                .selectors(method(flaw.test()))
                .execute()
                .testEvents();
        assertThat(failures(tests.failed().stream()))
                .as("failures of " + flaw.test())
                .isNotEmpty();
    }

    @Test
    void everyTest_findsAFlaw() {
        Set<String> tests = annotated(Test.class);
        tests.addAll(annotated(TestFactory.class));
        assertThat(Stream.of(Flaw.values())
                        .filter(flaw -> flaw != Flaw.NONE)
                        .map(Flaw::test)
                        .collect(Collectors.toSet()))
                .isEqualTo(tests);
    }

    private static Set<String> annotated(Class<? extends Annotation> annotation) {
        return Stream.of(SinkCompatibilityKit.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(annotation))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static DiscoverySelector method(String name) {
        return selectMethod(FlawedSinkKit.class, name);
    }

    private static List<String> failures(Stream<Event> failed) {
        return failed.map(event -> event.getTestDescriptor().getDisplayName() + ": "
                        + event.getPayload().map(Object::toString).orElse(""))
                .toList();
    }
}
