package io.webwatch.benchmarks;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.enrich.Enricher;
import io.webwatch.enrich.StateFile;
import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.intake.Submission;
import io.webwatch.request.ClientFacts;
import io.webwatch.runtime.ThreadFailures;
import io.webwatch.runtime.TimeSource;
import io.webwatch.wire.BatchDecoder;
import io.webwatch.wire.MalformedBatchException;
import io.webwatch.wire.WireBatch;
import io.webwatch.wire.WireEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import ua_parser.Parser;

/**
 * Measures the enrichment of an event: visitor, session, time, address, user agent. An operation is one event of a batch of
 * ten. Every batch belongs to another page view, of one of 1 000 visitors, a millisecond after the previous one.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class EnrichBenchmark {
    /** More than WebWatch remembers to recognize repeated page views, so that none counts as repeated. */
    private static final int PAGE_VIEWS = 1 << 16;

    private static final int TICK_EVERY = 1_000;

    private final ClientFacts[] clients = Batches.clients(1_000);
    private final WireBatch[] batches = new WireBatch[PAGE_VIEWS];
    private final DropCounters drops = new DropCounters();
    private long millis = System.currentTimeMillis();
    private int next;
    private Enricher enricher = enricher();

    @Setup
    public void prepare(Blackhole blackhole) throws MalformedBatchException {
        byte[] body = Batches.body();
        int digits = Batches.digitsOf(body);
        List<WireEvent> events = new BatchDecoder().decode(body, 0, body.length).events();
        for (int i = 0; i < PAGE_VIEWS; i++) {
            Batches.number(body, digits, i);
            batches[i] = new WireBatch(
                    new BatchDecoder().decode(body, 0, body.length).context(), events, 0);
        }
        enricher.to(blackhole::consume);
    }

    private Enricher enricher() {
        CompletableFuture<Parser> userAgents =
                Enricher.loadUserAgents(new ThreadFailures(TimeSource.SYSTEM, (sentence, failure) -> {}));
        userAgents.join();
        return new Enricher(WebWatchConfig.defaults(), StateFile.none(), userAgents, drops, millis, System::nanoTime);
    }

    @Benchmark
    @OperationsPerInvocation(Batches.EVENTS)
    public void webwatch() {
        int i = next++;
        long now = millis++;
        WireBatch batch = batches[i & PAGE_VIEWS - 1];
        ClientFacts client = clients[i * 7 % clients.length & Integer.MAX_VALUE];
        enricher.enrich(new Submission(batch.context(), batch.events(), client, now, 4_000, null), now);
        if (i % TICK_EVERY == 0) {
            enricher.tick(now);
        }
    }

    @TearDown
    public void check() {
        if (drops.count(DropReason.DUPLICATE) != 0) {
            throw new IllegalStateException("Events were dropped as repeated: " + drops.snapshot());
        }
    }
}
