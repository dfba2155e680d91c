package io.webwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {
    @Test
    void create_givesANamedDaemonThatIsNotStarted() {
        Thread thread = DaemonThreads.create("webwatch-test", () -> {});
        assertThat(thread.getName()).isEqualTo("webwatch-test");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getState()).isEqualTo(Thread.State.NEW);
    }

    @Test
    void numbered_countsItsOwnThreads() {
        ThreadFactory factory = DaemonThreads.numbered("webwatch-query");
        assertThat(factory.newThread(() -> {}).getName()).isEqualTo("webwatch-query-1");
        assertThat(factory.newThread(() -> {}).getName()).isEqualTo("webwatch-query-2");
        assertThat(DaemonThreads.numbered("webwatch-query").newThread(() -> {}).getName())
                .isEqualTo("webwatch-query-1");
    }
}
