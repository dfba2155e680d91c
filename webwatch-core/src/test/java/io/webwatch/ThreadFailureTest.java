package io.webwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.Custom;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.fixture.FailingTime;
import io.webwatch.request.Acceptance;
import io.webwatch.request.ClientFacts;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import io.webwatch.sink.WriteResult;
import io.webwatch.status.SinkStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every thread of the pipeline survives an {@link Error}, and no event is lost without being counted. */
class ThreadFailureTest {
    private static final String BATCHER = "webwatch-batcher";
    private static final String JOURNAL = "webwatch-journal";
    private static final Error NO_MEMORY = new OutOfMemoryError("Java heap space");

    @TempDir
    Path directory;

    private final FailingTime time = new FailingTime();
    private final FragileSink sink = new FragileSink();
    private @Nullable WebWatch webWatch;

    @AfterEach
    void close() {
        sink.gate.countDown();
        if (webWatch != null) {
            webWatch.close();
        }
    }

    @Test
    void sinkThatFails_isRetriedAndShowsTheErrorUntilItWrites() {
        start(Map.of());
        sink.failNext.set(NO_MEMORY);
        sink.holdAt = 2;
        publish("first");
        await().until(() -> sink.attempts.get() == 2);

        assertThat(sinkStatus().state()).isEqualTo(SinkStatus.State.RETRYING);
        assertThat(sinkStatus().lastError()).isEqualTo("java.lang.OutOfMemoryError: Java heap space");

        sink.gate.countDown();
        publish("second");
        awaitWritten("first", "second");
        await().until(() -> sinkStatus().lag() == 0);
        assertThat(sinkStatus().state()).isEqualTo(SinkStatus.State.RUNNING);
        assertThat(sinkStatus().lastError()).isNull();
        assertThat(webWatch.drops().snapshot()).isEmpty();
    }

    @Test
    void sinkThatFailsToOpen_isOpenedAgain() {
        sink.failOpening.set(NO_MEMORY);
        start(Map.of());
        publish("first");
        awaitWritten("first");
    }

    @Test
    void deliveryThatFails_continuesWithTheSameEvents() {
        start(Map.of());
        sink.failMaxInFlight.set(NO_MEMORY);
        publish("first");
        publish("second");
        awaitWritten("first", "second");
        assertFailed("webwatch-sink-fragile");
        assertThat(webWatch.drops().snapshot()).isEmpty();
    }

    @Test
    void batcherThatFailsBetweenSubmissions_losesNothing() {
        start(Map.of());
        time.failOnce(BATCHER, "Batcher", NO_MEMORY);
        publish("first");
        publish("second");
        awaitWritten("first", "second");
        assertFailed(BATCHER);
        assertThat(webWatch.drops().snapshot()).isEmpty();
    }

    @Test
    void batcherThatFailsToAppend_appendsTheBatchOnce() {
        start(Map.of());
        time.failOnce(BATCHER, "Memory", NO_MEMORY);
        publish("first");
        publish("second");
        awaitWritten("first", "second");
        assertFailed(BATCHER);
        assertThat(webWatch.drops().snapshot()).isEmpty();
    }

    @Test
    void batcherThatFailsInASubmission_countsItsEventsAndContinues() {
        start(Map.of());
        time.failOnce(BATCHER, "UserAgents", NO_MEMORY);
        accept("page-view-000001");
        accept("page-view-000002");
        await().until(() -> sink.pageViews() == 1);
        assertFailed(BATCHER);
        assertThat(webWatch.drops().snapshot()).containsExactly(Map.entry(DropReason.INTERNAL, 1L));
    }

    @Test
    void batcherThatFailsInDurableMode_answersAndPublishesOnce() {
        start(Map.of("webwatch.delivery", "durable"));
        await().until(() ->
                submit("page-view-000001").toCompletableFuture().join().isAccepted());
        time.failOnce(BATCHER, "Memory", NO_MEMORY);
        CompletableFuture<Acceptance> answer = submit("page-view-000002").toCompletableFuture();

        await().until(answer::isDone);
        assertThat(answer.join().isAccepted()).isTrue();
        await().until(() -> sink.pageViews() == 2);
        assertFailed(BATCHER);
        assertThat(webWatch.drops().count(DropReason.INTERNAL)).isZero();
    }

    @Test
    void batcherThatFailsWhileStopping_closesTheSinks() {
        start(Map.of());
        publish("first");
        awaitWritten("first");
        time.failOnce(BATCHER, "Batcher", NO_MEMORY);
        webWatch.close();
        assertThat(sinkStatus().state()).isEqualTo(SinkStatus.State.CLOSED);
        assertThat(sink.closed).isTrue();
    }

    @Test
    void journalThatFails_continues() {
        start(Map.of("webwatch.delivery", "durable"));
        for (int failure = 1; failure <= 2; failure++) {
            long expected = failure;
            time.failOnce(JOURNAL, "Spool", new StackOverflowError());
            String pageView = "page-view-00000" + failure;
            await().until(() -> submit(pageView).toCompletableFuture().join().isAccepted());
            await().until(() -> failures(JOURNAL) == expected);
        }
        assertThat(webWatch.status().warnings())
                .contains("The thread webwatch-journal failed 2 times since start: java.lang.StackOverflowError."
                        + " It was restarted, and no event was lost.");
        await().until(() -> sink.pageViews() == 2);
    }

    @Test
    void liveViewThatFails_countsEveryEventOnce() {
        start(Map.of());
        time.failOnce("webwatch-sink-live", "LiveView", NO_MEMORY);
        accept("page-view-000001");
        accept("page-view-000002");
        await().until(() -> webWatch.live().snapshot().totals().pageViews() == 2);
        assertFailed("webwatch-sink-live");
        assertThat(webWatch.drops().snapshot()).isEmpty();
    }

    private void start(Map<String, String> properties) {
        WebWatchConfig.Builder config = WebWatchConfig.builder()
                .set("webwatch.data-directory", directory.toString())
                .set("webwatch.sinks", "fragile")
                .set("webwatch.batch.linger", "1ms")
                .set("webwatch.retry.initial", "10ms");
        properties.forEach(config::set);
        webWatch =
                WebWatch.builder().config(config.build()).clock(time).sink(sink).start();
    }

    private void publish(String name) {
        assertThat(webWatch.event(name, Map.of())).isTrue();
    }

    private void accept(String pageView) {
        byte[] body = body(pageView);
        assertThat(webWatch.accept(body, 0, body.length, client(pageView)).isAccepted())
                .isTrue();
    }

    private CompletionStage<Acceptance> submit(String pageView) {
        byte[] body = body(pageView);
        return webWatch.submit(body, 0, body.length, client(pageView));
    }

    /** Each with its own user agent, which is not in the cache. */
    private static ClientFacts client(String pageView) {
        return new ClientFacts("192.0.2.1", "Mozilla/5.0 " + pageView, "en", null, false, false, null);
    }

    private static byte[] body(String pageView) {
        return "{\"v\":1,\"p\":\"%s\",\"u\":\"https://shop.example/\",\"e\":[{\"t\":\"page_view\",\"n\":0}]}"
                .formatted(pageView)
                .getBytes(StandardCharsets.UTF_8);
    }

    private SinkStatus sinkStatus() {
        return webWatch.status().sinks().get(0);
    }

    private long failures(String thread) {
        return webWatch.threadFailures().get(thread);
    }

    private void assertFailed(String thread) {
        assertThat(time.hasFailed()).isTrue();
        assertThat(failures(thread)).isEqualTo(1);
        assertThat(webWatch.status().warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("The thread " + thread
                                + " failed 1 time since start: java.lang.OutOfMemoryError: Java heap space. "));
    }

    private void awaitWritten(String... names) {
        await().until(() -> sink.names().size() >= names.length);
        assertThat(sink.names()).containsExactly(names);
    }

    /** Fails once where a test asks for it. */
    private static final class FragileSink implements SinkFactory, Sink {
        private final List<Event> written = new CopyOnWriteArrayList<>();
        private final AtomicReference<@Nullable Error> failNext = new AtomicReference<>();
        private final AtomicReference<@Nullable Error> failOpening = new AtomicReference<>();
        private final AtomicReference<@Nullable Error> failMaxInFlight = new AtomicReference<>();
        private final AtomicInteger attempts = new AtomicInteger();
        private final CountDownLatch gate = new CountDownLatch(1);
        private volatile int holdAt;
        private volatile boolean closed;

        @Override
        public String name() {
            return "fragile";
        }

        @Override
        public boolean isConfigured(WebWatchConfig config) {
            return true;
        }

        @Override
        public Sink create(SinkContext context) {
            failIfPlanned(failOpening);
            return this;
        }

        @Override
        public int maxInFlight() {
            failIfPlanned(failMaxInFlight);
            return 1;
        }

        @Override
        public CompletionStage<WriteResult> write(EventBatch batch) {
            if (attempts.incrementAndGet() == holdAt) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            failIfPlanned(failNext);
            written.addAll(batch.events());
            return CompletableFuture.completedStage(WriteResult.written());
        }

        private static void failIfPlanned(AtomicReference<@Nullable Error> planned) {
            Error failure = planned.getAndSet(null);
            if (failure != null) {
                throw failure;
            }
        }

        List<String> names() {
            return written.stream()
                    .map(Event::data)
                    .filter(Custom.class::isInstance)
                    .map(data -> ((Custom) data).name())
                    .toList();
        }

        long pageViews() {
            return written.stream()
                    .filter(event -> event.type() == EventType.PAGE_VIEW)
                    .count();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
