package io.webwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.fixture.ManualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupervisedLoopTest {
    private final ThreadFailures.OfThread failures =
            new ThreadFailures(new ManualTime(), (sentence, failure) -> {}).of("webwatch-test", "");
    private final List<String> calls = new ArrayList<>();

    @Test
    void stepThatThrows_isRepeatedAfterAPause() {
        List<Throwable> script = new ArrayList<>(
                List.of(new OutOfMemoryError(), new NoClassDefFoundError(), new IllegalStateException()));
        run(() -> {
            if (!script.isEmpty()) {
                throw sneaky(script.remove(0));
            }
            return false;
        });
        assertThat(calls).containsExactly("OutOfMemoryError", "NoClassDefFoundError", "IllegalStateException", "ok");
        assertThat(failures.count()).isEqualTo(3);
    }

    @Test
    void stepThatIsInterrupted_endsTheLoop() {
        run(() -> {
            throw new InterruptedException();
        });
        assertThat(calls).isEmpty();
        assertThat(failures.count()).isZero();
    }

    @Test
    void pauseThatIsInterrupted_endsTheLoop() {
        new SupervisedLoop(
                        () -> {
                            throw new OutOfMemoryError();
                        },
                        failures,
                        failure -> {
                            throw new InterruptedException();
                        })
                .run();
        assertThat(failures.count()).isEqualTo(1);
    }

    @Test
    void pauseThatThrows_doesNotEndTheLoop() {
        List<Integer> steps = new ArrayList<>();
        new SupervisedLoop(
                        () -> {
                            steps.add(1);
                            if (steps.size() < 3) {
                                throw new OutOfMemoryError();
                            }
                            return false;
                        },
                        failures,
                        failure -> {
                            throw new OutOfMemoryError();
                        })
                .run();
        assertThat(steps).hasSize(3);
        assertThat(failures.count()).isEqualTo(4);
    }

    private void run(SupervisedLoop.Step step) {
        SupervisedLoop.Pause pause = new SupervisedLoop.Pause() {
            @Override
            public void failed(Throwable failure) {
                calls.add(failure.getClass().getSimpleName());
            }

            @Override
            public void succeeded() {
                calls.add("ok");
            }
        };
        new SupervisedLoop(step, failures, pause).run();
    }

    private static RuntimeException sneaky(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }
}
