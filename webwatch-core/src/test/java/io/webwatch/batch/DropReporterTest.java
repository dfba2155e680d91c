package io.webwatch.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.fixture.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DropReporterTest {
    private final ManualTime time = new ManualTime();
    private final DropCounters drops = new DropCounters();
    private final DropReporter reporter = new DropReporter(drops, time);
    private final PrintStream original = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @BeforeEach
    void captureLog() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreLog() {
        System.setErr(original);
    }

    @Test
    void firstDrop_ofEachReason_isReportedAtOnce() {
        drops.add(DropReason.BUFFER_FULL, 1_204);
        time.advance(Duration.ofSeconds(5));
        reporter.report();
        drops.add(DropReason.REJECTED, 1);
        time.advance(Duration.ofSeconds(5));
        reporter.report();

        assertThat(lines())
                .containsExactly(
                        "Dropped 1 204 events in 5 s: " + DropReason.BUFFER_FULL.explanation() + ".",
                        "Dropped 1 event in 5 s: " + DropReason.REJECTED.explanation() + ".");
    }

    @Test
    void furtherDrops_areReportedOncePerMinute() {
        drops.add(DropReason.BUFFER_FULL, 1);
        reporter.report();
        drops.add(DropReason.BUFFER_FULL, 2);
        time.advance(Duration.ofSeconds(59));
        reporter.report();
        assertThat(reporter.hasNews()).isTrue();
        assertThat(lines()).hasSize(1);

        drops.add(DropReason.BUFFER_FULL, 3);
        time.advance(Duration.ofSeconds(1));
        reporter.report();
        assertThat(reporter.hasNews()).isFalse();
        assertThat(lines()).hasSize(2).last().asString().startsWith("Dropped 5 events in 60 s: ");
    }

    @Test
    void reportAll_reportsTheRest() {
        drops.add(DropReason.RATE, 1);
        reporter.report();
        drops.add(DropReason.RATE, 2);
        reporter.reportAll();
        reporter.reportAll();

        assertThat(lines()).hasSize(2).last().asString().startsWith("Dropped 2 requests in 1 s: ");
    }

    @Test
    void harmlessDrops_areNotWarnings() {
        drops.add(DropReason.DUPLICATE, 7);
        reporter.report();

        assertThat(lines()).isEmpty();
        assertThat(reporter.hasNews()).isFalse();
    }

    /** Returns the messages of this logger at level WARN. */
    private List<String> lines() {
        String marker = "WARN " + DropReporter.class.getName() + " - ";
        return log.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(marker))
                .map(line -> line.substring(line.indexOf(marker) + marker.length()))
                .toList();
    }
}
