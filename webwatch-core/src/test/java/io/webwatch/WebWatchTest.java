package io.webwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.webwatch.config.ConfigurationException;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.Custom;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.request.Acceptance;
import io.webwatch.request.ClientFacts;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import io.webwatch.sink.WriteResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebWatchTest {
    private static final ClientFacts CLIENT = new ClientFacts(
            "192.0.2.1", "Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0 Safari/537.36", "en", null, false, false, null);

    @TempDir
    Path directory;

    private final Memory memory = new Memory();
    private @Nullable WebWatch webwatch;

    @AfterEach
    void close() {
        memory.gate.countDown();
        if (webwatch != null) {
            webwatch.close();
        }
    }

    @Test
    void accept_ofABatch_deliversItToSinkAndLiveView() {
        start(config());
        Acceptance acceptance =
                accept(batch("page-view-000001", "{'t':'page_view','n':0},{'t':'click','n':1,'el':'#a'}"));
        assertThat(acceptance.isAccepted()).isTrue();
        assertThat(acceptance.accepted()).isEqualTo(2);
        await().until(() -> memory.ofVisitors().size() == 2);
        assertThat(memory.ofVisitors()).extracting(Event::type).containsExactly(EventType.PAGE_VIEW, EventType.CLICK);
        await().until(() -> webwatch.live().snapshot().totals().clicks() == 1);
        assertThat(webwatch.status().accepted()).isEqualTo(2);
    }

    @Test
    void accept_ofAnInvalidEvent_dropsOnlyIt() {
        start(config());
        Acceptance acceptance = accept(batch("page-view-000001", "{'t':'page_view','n':0},{'t':'click','n':1}"));
        assertThat(acceptance.isAccepted()).isTrue();
        assertThat(acceptance.dropped()).containsEntry(DropReason.INVALID, 1);
        await().until(() -> memory.ofVisitors().size() == 1);
    }

    @Test
    void accept_ofMalformedJson_isRefusedAndCounted() {
        start(config());
        Acceptance acceptance = accept("{'v':1,");
        assertThat(acceptance.refusal()).isEqualTo(DropReason.MALFORMED);
        assertThat(acceptance.detail()).isNotBlank();
        assertThat(webwatch.status().dropped()).containsEntry(DropReason.MALFORMED, 1L);
    }

    @Test
    void accept_withAFullBuffer_refusesWithoutWaitingAndAcceptsTheRepetition() {
        memory.hold = true;
        start(WebWatchConfig.builder()
                .set(WebWatchProperties.DATA_DIRECTORY, directory)
                .set(WebWatchProperties.BUFFER_CAPACITY, 2)
                .set("webwatch.batch.max-events", "1")
                .build());
        String body = batch("page-view-000001", "{'t':'page_view','n':0}");
        int refused = 0;
        for (int i = 0; i < 200_000 && refused == 0; i++) {
            refused += accept(body).refusal() == DropReason.BUFFER_FULL ? 1 : 0;
        }
        assertThat(refused).isPositive();
        assertThat(webwatch.status().dropped()).containsKey(DropReason.BUFFER_FULL);
        memory.gate.countDown();
        await().until(() ->
                accept(batch("page-view-000002", "{'t':'page_view','n':0}")).isAccepted());
        await().until(() -> memory.ofVisitors().size() == 2);
    }

    @Test
    void close_deliversAcceptedEventsAndRefusesLaterOnes() {
        start(config());
        for (int i = 0; i < 500; i++) {
            assertThat(accept(batch("page-view-%06d".formatted(i), "{'t':'page_view','n':0}"))
                            .isAccepted())
                    .isTrue();
        }
        webwatch.close();
        assertThat(memory.ofVisitors()).hasSize(500);
        assertThat(memory.closed).isTrue();
        assertThat(accept(batch("page-view-000001", "{'t':'page_view','n':9}")).refusal())
                .isEqualTo(DropReason.CLOSED);
        webwatch.close();
    }

    @Test
    void accept_ofABot_marksOrDropsItsEvents() {
        ClientFacts bot = new ClientFacts("192.0.2.1", "Googlebot/2.1", "en", null, false, false, null);
        start(config());
        byte[] body = bytes(batch("page-view-000001", "{'t':'page_view','n':0}"));
        assertThat(webwatch.accept(body, 0, body.length, bot).accepted()).isEqualTo(1);
        await().until(() -> memory.ofVisitors().size() == 1);
        assertThat(memory.ofVisitors().get(0).context().bot()).isEqualTo("crawler");
        webwatch.close();
        start(WebWatchConfig.builder()
                .set(WebWatchProperties.DATA_DIRECTORY, directory)
                .set("webwatch.privacy.bots", "drop")
                .build());
        Acceptance acceptance = webwatch.accept(body, 0, body.length, bot);
        assertThat(acceptance.isAccepted()).isTrue();
        assertThat(acceptance.dropped()).containsEntry(DropReason.BOT, 1);
    }

    @Test
    void accept_ofGlobalPrivacyControl_dropsWhereConfigured() {
        start(WebWatchConfig.builder()
                .set(WebWatchProperties.DATA_DIRECTORY, directory)
                .set("webwatch.privacy.gpc", "drop")
                .build());
        ClientFacts gpc = new ClientFacts("192.0.2.1", "Mozilla/5.0 Chrome", "en", null, true, false, null);
        byte[] body = bytes(batch("page-view-000001", "{'t':'page_view','n':0}"));
        assertThat(webwatch.accept(body, 0, body.length, gpc).dropped()).containsEntry(DropReason.PRIVACY, 1);
    }

    @Test
    void event_ofTheApplication_belongsToNoVisitor() {
        start(config());
        assertThat(webwatch.event("invoice_paid", Map.of("amount", 12.5))).isTrue();
        await().until(() -> memory.events.size() == 1);
        assertThat(memory.events.get(0).data()).isEqualTo(new Custom("invoice_paid", Map.of("amount", 12.5)));
        await().until(() -> webwatch.live().snapshot().totals().events() == 1);
        assertThat(webwatch.live().snapshot().totals().visitors()).isZero();
        assertThat(webwatch.live().snapshot().totals().sessions()).isZero();
        assertThatThrownBy(() -> webwatch.event("bad", Map.of("list", List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void forVisitor_belongsToTheVisitorOfThePage() {
        start(config());
        accept(batch("page-view-000001", "{'t':'page_view','n':0}"));
        ApplicationEvents events = webwatch.forVisitor(CLIENT, "https://shop.example/pay");
        assertThat(events.pageView("Paid")).isTrue();
        assertThat(events.event("paid")).isTrue();
        await().until(() -> memory.ofVisitors().size() == 3);
        assertThat(memory.ofVisitors())
                .extracting(event -> event.context().visitor())
                .containsOnly(memory.ofVisitors().get(0).context().visitor());
        assertThat(memory.ofVisitors())
                .extracting(event -> event.context().session())
                .containsOnly(memory.ofVisitors().get(0).context().session());
    }

    @Test
    void start_withASinkThatCannotOpen_runsTheLiveViewAndReportsTheError() {
        memory.failure = "The file is locked.";
        start(config());
        accept(batch("page-view-000001", "{'t':'page_view','n':0}"));
        await().until(() -> webwatch.live().snapshot().totals().pageViews() == 1);
        await().until(() ->
                "The file is locked.".equals(webwatch.status().sinks().get(0).lastError()));
        memory.failure = null;
        await().until(() -> memory.ofVisitors().size() == 1);
    }

    @Test
    void resubmitDeadLetters_deliversRejectedEventsWithTheirIds() throws Exception {
        memory.refuse = true;
        start(config());
        accept(batch("page-view-000001", "{'t':'page_view','n':0},{'t':'click','n':1,'el':'#a'}"));
        await().until(() -> webwatch.drops().count(DropReason.REJECTED) >= 2);
        Path letters = directory.resolve("dead-letters.jsonl");
        await().until(() -> Files.readAllLines(letters).size() >= 2);
        assertThat(memory.ofVisitors()).isEmpty();
        memory.refuse = false;
        assertThat(webwatch.resubmitDeadLetters()).isGreaterThanOrEqualTo(2);
        await().until(() -> memory.ofVisitors().size() == 2);
        assertThat(memory.ofVisitors())
                .extracting(event -> event.id().toString())
                .containsExactly("page-view-000001.0", "page-view-000001.1");
        await().until(() -> webwatch.status().deadLetterBytes() == 0);
    }

    @Test
    void start_withInterruptedResubmission_continuesIt() throws Exception {
        memory.refuse = true;
        start(config());
        accept(batch("page-view-000001", "{'t':'page_view','n':0}"));
        await().until(() -> webwatch.status().deadLetterBytes() > 0);
        webwatch.close();
        Files.move(directory.resolve("dead-letters.jsonl"), directory.resolve("dead-letters.resubmit.jsonl"));
        memory.refuse = false;
        start(config());
        await().until(() -> memory.ofVisitors().size() == 1);
        await().until(() -> webwatch.status().deadLetterBytes() == 0);
    }

    @Test
    void start_withoutADataDirectory_runsAndWarns() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        start(WebWatchConfig.builder()
                .set(WebWatchProperties.DATA_DIRECTORY, file.resolve("below"))
                .build());
        assertThat(accept(batch("page-view-000001", "{'t':'page_view','n':0}")).isAccepted())
                .isTrue();
        assertThat(webwatch.status().warnings()).anyMatch(warning -> warning.contains("webwatch.data-directory"));
    }

    @Test
    void start_withASinkThatIsNotOnTheClassPath_namesTheArtifact() {
        WebWatchConfig config = WebWatchConfig.builder()
                .set(WebWatchProperties.DATA_DIRECTORY, directory)
                .set(WebWatchProperties.SINKS, List.of("duckdb"))
                .build();
        assertThatThrownBy(() -> WebWatch.start(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("webwatch.sinks: duckdb is not on the class path")
                .hasMessageContaining("io.webwatch:webwatch-duckdb");
    }

    private WebWatchConfig config() {
        return WebWatchConfig.builder()
                .set(WebWatchProperties.DATA_DIRECTORY, directory)
                .set(WebWatchProperties.RETRY_INITIAL, Duration.ofMillis(2))
                .set(WebWatchProperties.RETRY_MAX, Duration.ofMillis(10))
                .build();
    }

    private void start(WebWatchConfig config) {
        webwatch = WebWatch.builder().config(config).sink(memory).start();
    }

    private Acceptance accept(String body) {
        byte[] bytes = bytes(body);
        return webwatch.accept(bytes, 0, bytes.length, CLIENT);
    }

    private static byte[] bytes(String body) {
        return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String batch(String pageView, String events) {
        return "{'v':1,'p':'" + pageView + "','u':'https://shop.example/','e':[" + events + "]}";
    }

    /** Keeps the events in memory. */
    private static final class Memory implements SinkFactory, Sink {
        private final List<Event> events = new CopyOnWriteArrayList<>();
        private final CountDownLatch gate = new CountDownLatch(1);
        private volatile boolean hold;
        private volatile boolean refuse;
        private volatile boolean closed;
        private volatile @Nullable String failure;

        List<Event> ofVisitors() {
            return events.stream()
                    .filter(event -> event.type() != EventType.SESSION)
                    .toList();
        }

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public boolean isConfigured(WebWatchConfig config) {
            return true;
        }

        @Override
        public Sink create(SinkContext context) throws Exception {
            if (failure != null) {
                throw new java.io.IOException(failure);
            }
            return this;
        }

        @Override
        public CompletionStage<WriteResult> write(EventBatch batch) {
            if (hold) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return CompletableFuture.completedStage(WriteResult.retriable("interrupted"));
                }
            }
            if (refuse) {
                return CompletableFuture.completedStage(WriteResult.partial(
                        IntStream.range(0, batch.size())
                                .mapToObj(i -> new WriteResult.Failure(i, false, "no"))
                                .toList(),
                        null));
            }
            events.addAll(batch.events());
            return CompletableFuture.completedStage(WriteResult.written());
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
