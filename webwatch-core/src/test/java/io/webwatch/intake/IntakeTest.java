package io.webwatch.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.Custom;
import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.fixture.ManualTime;
import io.webwatch.request.Acceptance;
import io.webwatch.request.ClientFacts;
import io.webwatch.ring.SubmissionRing;
import io.webwatch.wire.WireEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final ClientFacts BROWSER =
            new ClientFacts("192.0.2.1", "Mozilla/5.0 Chrome/131.0", "en", null, true, true, null);
    private static final ClientFacts BOT =
            new ClientFacts("192.0.2.1", "Googlebot/2.1", "en", null, false, false, null);
    private static final String TWO_VALID_ONE_INVALID =
            "{'t':'page_view','n':0},{'t':'click','n':1,'el':'#a'},{'t':'click','n':2}";

    private final DropCounters drops = new DropCounters();
    private final ManualTime time = new ManualTime();
    private final SubmissionRing<Submission> ring = new SubmissionRing<>(2, 1 << 20, Submission::bytes);
    private final AtomicBoolean journalHasRoom = new AtomicBoolean(true);

    @Test
    void accept_ofABatch_putsItsValidEventsIntoTheRingAsOneElement() {
        Intake intake = intake(Map.of(), null);
        Acceptance acceptance = accept(intake, batch(TWO_VALID_ONE_INVALID), BROWSER);
        assertThat(acceptance).isEqualTo(new Acceptance(null, 2, Map.of(DropReason.INVALID, 1), null));
        assertThat(intake.accepted()).isEqualTo(2);
        assertThat(drops.snapshot()).isEqualTo(Map.of(DropReason.INVALID, 1L));
        assertThat(drained()).singleElement().satisfies(submission -> {
            assertThat(submission.events()).hasSize(2);
            assertThat(submission.receivedMillis()).isEqualTo(time.millis());
            assertThat(submission.bot()).isNull();
        });
    }

    @Test
    void accept_ofMalformedJson_refusesAndCountsTheRequest() {
        Intake intake = intake(Map.of(), null);
        Acceptance acceptance = accept(intake, "{'v':1,", BROWSER);
        assertThat(acceptance.refusal()).isEqualTo(DropReason.MALFORMED);
        assertThat(acceptance.detail()).isNotBlank();
        assertThat(drops.snapshot()).isEqualTo(Map.of(DropReason.MALFORMED, 1L));
        assertThat(drained()).isEmpty();
    }

    @Test
    void accept_ofABot_marksOrDropsItsEvents() {
        accept(intake(Map.of(), null), batch(TWO_VALID_ONE_INVALID), BOT);
        assertThat(drained()).singleElement().extracting(Submission::bot).isEqualTo("crawler");
        Acceptance dropped =
                accept(intake(Map.of("webwatch.privacy.bots", "drop"), null), batch(TWO_VALID_ONE_INVALID), BOT);
        assertThat(dropped).isEqualTo(new Acceptance(null, 0, Map.of(DropReason.INVALID, 1, DropReason.BOT, 2), null));
        assertThat(drops.count(DropReason.BOT)).isEqualTo(2);
        assertThat(drained()).isEmpty();
    }

    @Test
    void accept_withAPrivacySignal_dropsWhereConfigured() {
        for (String signal : List.of("gpc", "dnt")) {
            Intake intake = intake(Map.of("webwatch.privacy." + signal, "drop"), null);
            assertThat(accept(intake, batch("{'t':'page_view','n':0}"), BROWSER).dropped())
                    .isEqualTo(Map.of(DropReason.PRIVACY, 1));
        }
        assertThat(drops.count(DropReason.PRIVACY)).isEqualTo(2);
        assertThat(drained()).isEmpty();
    }

    @Test
    void accept_ofAnEventOfTheApplication_isNeverABot() {
        Intake intake = intake(Map.of("webwatch.privacy.bots", "drop"), null);
        assertThat(intake.accept(
                                Intake.pageContext("page", "/", null, null),
                                new WireEvent(0, 0, new Custom("paid", Map.of())),
                                ClientFacts.APPLICATION)
                        .isAccepted())
                .isTrue();
        assertThat(drained()).hasSize(1);
    }

    @Test
    void accept_withAFullOrClosedRing_refusesAndCountsTheEvents() {
        Intake intake = intake(Map.of(), null);
        accept(intake, batch("{'t':'page_view','n':0}"), BROWSER);
        accept(intake, batch("{'t':'page_view','n':1}"), BROWSER);
        Acceptance full = accept(intake, batch(TWO_VALID_ONE_INVALID), BROWSER);
        assertThat(full.refusal()).isEqualTo(DropReason.BUFFER_FULL);
        assertThat(full.detail()).contains("webwatch.buffer.capacity");
        intake.close();
        assertThat(accept(intake, batch(TWO_VALID_ONE_INVALID), BROWSER).refusal())
                .isEqualTo(DropReason.CLOSED);
        assertThat(drops.count(DropReason.BUFFER_FULL)).isEqualTo(2);
        assertThat(drops.count(DropReason.CLOSED)).isEqualTo(2);
        assertThat(intake.accepted()).isEqualTo(2);
    }

    @Test
    void accept_withoutRoomInTheJournal_refuses() {
        Intake intake = intake(Map.of(), journalHasRoom::get);
        journalHasRoom.set(false);
        assertThat(accept(intake, batch("{'t':'page_view','n':0}"), BROWSER).refusal())
                .isEqualTo(DropReason.JOURNAL_FULL);
        intake.close();
        assertThat(accept(intake, batch("{'t':'page_view','n':0}"), BROWSER).refusal())
                .isEqualTo(DropReason.CLOSED);
        assertThat(drained()).isEmpty();
    }

    @Test
    void submit_inFastMode_isCompleteOnReturn() {
        assertThat(submit(intake(Map.of(), null))).isCompletedWithValue(new Acceptance(null, 1, Map.of(), null));
    }

    @Test
    void submit_inDurableMode_completesWithTheDecisionOfTheJournal() {
        Intake intake = intake(Map.of(), journalHasRoom::get);
        CompletableFuture<Acceptance> written = submit(intake);
        CompletableFuture<Acceptance> lost = submit(intake);
        assertThat(written).isNotDone();
        List<Submission> submissions = drained();
        submissions.get(0).outcome().decided(null);
        submissions.get(1).outcome().decided(DropReason.JOURNAL_FULL);
        assertThat(written).isCompletedWithValue(new Acceptance(null, 1, Map.of(), null));
        assertThat(lost.join().refusal()).isEqualTo(DropReason.JOURNAL_FULL);
        assertThat(intake.accepted()).isEqualTo(1);
    }

    private Intake intake(Map<String, String> properties, @Nullable BooleanSupplier journal) {
        WebWatchConfig.Builder config = WebWatchConfig.builder().set("webwatch.privacy.gpc", "ignore");
        properties.forEach(config::set);
        return new Intake(config.build(), ring, drops, time, journal);
    }

    private List<Submission> drained() {
        List<Submission> submissions = new ArrayList<>();
        ring.drain(submissions::add, 10);
        return submissions;
    }

    private static Acceptance accept(Intake intake, String body, ClientFacts client) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return intake.accept(bytes, 0, bytes.length, client);
    }

    private static CompletableFuture<Acceptance> submit(Intake intake) {
        byte[] bytes = batch("{'t':'page_view','n':0}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return intake.submit(bytes, 0, bytes.length, BROWSER).toCompletableFuture();
    }

    private static String batch(String events) {
        return "{'v':1,'p':'page-view-000001','u':'https://shop.example/','e':[" + events + "]}";
    }
}
