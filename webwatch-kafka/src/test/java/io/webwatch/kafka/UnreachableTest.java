package io.webwatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.test.sink.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a broker at start-up the application starts and runs, and its events arrive once there is a broker. */
class UnreachableTest {
    @TempDir
    private Path directory;

    @Test
    void unreachableBroker_leavesTheApplicationRunning() {
        SharedBroker broker = SharedBroker.get();
        TcpProxy proxy = broker.proxy();
        String prefix = SharedBroker.newName() + ".";
        proxy.refuse();
        long began = System.nanoTime();
        try (RunningWebWatch webWatch = new RunningWebWatch(
                directory,
                Map.of(
                        "webwatch.kafka.bootstrap-servers",
                        broker.proxiedServers(),
                        "webwatch.kafka.topic-prefix",
                        prefix))) {
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
            webWatch.publish(500);
            webWatch.awaitRetrying();
            assertThat(webWatch.status().lastError()).contains(prefix + "custom");

            proxy.restore();
            webWatch.awaitDelivered();

            webWatch.assertSame(
                    Consumed.withPrefix(broker.bootstrapServers(), prefix), Set.of(), "no broker at the start");
            assertThat(webWatch.dropped()).isEmpty();
        } finally {
            proxy.restore();
        }
    }

    @Test
    void unknownHost_leavesTheApplicationRunning() {
        try (RunningWebWatch webWatch = new RunningWebWatch(
                directory, Map.of("webwatch.kafka.bootstrap-servers", "no-such-host.invalid:9092"))) {
            webWatch.publish(1);
            webWatch.awaitRetrying();
            assertThat(webWatch.status().lastError()).contains("bootstrap");
        }
    }
}
