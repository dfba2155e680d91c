package io.webwatch.test.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
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

/** The kit itself: it passes a correct sink, and finds each flaw. */
class SinkCompatibilityKitTest {
    @AfterEach
    void mend() {
        FlawedSinkKit.flaw = Flaw.NONE;
    }

    @Test
    void kit_passesACorrectSink() {
        var tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(FlawedSinkKit.class))
                .execute()
                .testEvents();
        assertThat(failures(tests.failed().stream())).isEmpty();
        assertThat(tests.succeeded().count()).isGreaterThan(24);
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
        Set<String> tests = Stream.of(SinkCompatibilityKit.class.getDeclaredMethods())
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(TestFactory.class))
                .map(Method::getName)
                .collect(Collectors.toSet());
        assertThat(Stream.of(Flaw.values())
                        .filter(flaw -> flaw != Flaw.NONE)
                        .map(Flaw::test)
                        .collect(Collectors.toSet()))
                .isEqualTo(tests);
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
