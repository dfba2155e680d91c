package io.webwatch.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.config.WebWatchProperties.Identity;
import io.webwatch.event.Click;
import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.Engagement;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import io.webwatch.event.ImageView;
import io.webwatch.event.PageView;
import io.webwatch.event.Session;
import io.webwatch.intake.Submission;
import io.webwatch.request.ClientFacts;
import io.webwatch.runtime.ThreadFailures;
import io.webwatch.runtime.TimeSource;
import io.webwatch.wire.WireContext;
import io.webwatch.wire.WireEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ua_parser.Parser;

class EnricherTest {
    private static final CompletableFuture<Parser> PARSER =
            UserAgents.load(new ThreadFailures(TimeSource.SYSTEM, (sentence, failure) -> {}));
    private static final long MINUTE = 60_000;
    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0 Safari/537.36";

    @TempDir
    Path directory;

    private final DropCounters drops = new DropCounters();
    private final List<Event> events = new ArrayList<>();
    private long now = Instant.parse("2026-03-10T10:00:00Z").toEpochMilli();
    private Enricher enricher;

    @BeforeEach
    void start() {
        start(WebWatchConfig.defaults());
    }

    @Test
    void enrich_ofACopy_takesItOnce() {
        submit("page-view-000001", "192.0.2.1", "/a", 0, 1);
        submit("page-view-000001", "192.0.2.1", "/a", 0, 1, 2);
        assertThat(ofVisitors()).extracting(event -> event.id().sequence()).containsExactly(0L, 1L, 2L);
        assertThat(drops.count(DropReason.DUPLICATE)).isEqualTo(2);
    }

    @Test
    void enrich_thatFails_countsTheEventsThatWereNotEmitted() {
        submit("page-view-000001", "192.0.2.1", "/a", 0);
        events.clear();
        enricher.to(event -> {
            if (event.id().sequence() == 2 && event.type() != EventType.SESSION) {
                throw new OutOfMemoryError();
            }
            events.add(event);
        });
        assertThatThrownBy(() -> submit("page-view-000001", "192.0.2.1", "/a", 0, 1, 2, 3))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(ofVisitors()).extracting(event -> event.id().sequence()).containsExactly(1L);
        assertThat(drops.snapshot())
                .containsOnly(Map.entry(DropReason.DUPLICATE, 1L), Map.entry(DropReason.INTERNAL, 2L));
    }

    @Test
    void tick_thatFails_endsTheSessionTheNextTime() {
        submit("page-view-000001", "192.0.2.1", "/a", 0);
        events.clear();
        now += 31 * MINUTE;
        enricher.to(event -> {
            throw new OutOfMemoryError();
        });
        assertThatThrownBy(() -> enricher.tick(now)).isInstanceOf(OutOfMemoryError.class);
        enricher.to(events::add);
        enricher.tick(now);
        enricher.tick(now);
        assertThat(events).singleElement().matches(event -> ((Session) event.data()).ended());
    }

    @Test
    void enrich_ofEvents_givesEachATimeOfItsOwn() {
        submit("page-view-000001", "192.0.2.1", "/a", 0, 1, 2, 3);
        assertThat(events).extracting(Event::timeNanos).doesNotHaveDuplicates();
        assertThat(ofVisitors()).extracting(Event::timeMillis).containsOnly(now);
    }

    @Test
    void enrich_withinTheTimeout_keepsTheSession() {
        submit("page-view-000001", "192.0.2.1", "/a", 0);
        now += 29 * MINUTE;
        submit("page-view-000002", "192.0.2.1", "/b", 0);
        assertThat(sessions()).hasSize(1);
        now += 31 * MINUTE;
        submit("page-view-000003", "192.0.2.1", "/c", 0);
        assertThat(sessions()).hasSize(2);
    }

    @Test
    void enrich_ofOtherAddressOrBrowser_isAnotherVisitor() {
        submit("page-view-000001", "192.0.2.1", "/a", 0);
        submit("page-view-000002", "192.0.2.2", "/a", 0);
        assertThat(visitors()).hasSize(2);
        assertThat(events.toString()).doesNotContain("192.0.2");
    }

    @Test
    void enrich_ofAPageWhoseAddressChanges_keepsVisitorAndSession() {
        submit("page-view-000001", "192.0.2.1", "/a", 0);
        submit("page-view-000001", "198.51.100.7", "/a", 1);
        assertThat(visitors()).hasSize(1);
        assertThat(sessions()).hasSize(1);
    }

    @Test
    void enrich_overMidnight_keepsAnOpenSessionAndNoOther() {
        now = Instant.parse("2026-03-10T23:50:00Z").toEpochMilli();
        submit("page-view-000001", "192.0.2.1", "/a", 0);
        submit("page-view-000002", "192.0.2.9", "/a", 0);
        now = Instant.parse("2026-03-11T00:05:00Z").toEpochMilli();
        submit("page-view-000003", "192.0.2.1", "/b", 0);
        assertThat(visitors()).hasSize(2);
        now = Instant.parse("2026-03-11T08:00:00Z").toEpochMilli();
        submit("page-view-000004", "192.0.2.9", "/a", 0);
        assertThat(visitors()).as("a new pseudonym on a new day").hasSize(3);
    }

    @Test
    void enrich_afterARestart_goesOnWithVisitorAndSession() {
        submit("page-view-000001", "192.0.2.1", "/a", 0);
        enricher.finish(now);
        long lastNanos = events.stream().mapToLong(Event::timeNanos).max().orElseThrow();
        now += 5;
        start();
        submit("page-view-000002", "192.0.2.1", "/b", 0);
        assertThat(visitors()).hasSize(1);
        assertThat(sessions()).hasSize(1);
        assertThat(ofVisitors().get(1).timeNanos()).isGreaterThan(lastNanos);
        enricher.finish(now);
        Session session = (Session) lastSession().data();
        assertThat(session.pages()).isEqualTo(2);
        assertThat(session.entry()).isEqualTo("/a");
        assertThat(session.exit()).isEqualTo("/b");
    }

    @Test
    void tick_afterTheTimeout_endsTheSessionUnderTheSameIdAndTime() {
        submit("page-view-000001", "192.0.2.1", "/a", 0);
        Event opened = lastSession();
        now += 31 * MINUTE;
        enricher.tick(now);
        Event ended = lastSession();
        assertThat(ended.id()).isEqualTo(opened.id());
        assertThat(ended.timeNanos()).isEqualTo(opened.timeNanos());
        assertThat(((Session) ended.data()).ended()).isTrue();
        assertThat(((Session) ended.data()).bounce()).isTrue();
        assertThat(enricher.needsTicks()).isFalse();
    }

    @Test
    void tick_whileOpen_tellsChangesOnceAMinuteAtMost() {
        submit("page-view-000001", "192.0.2.1", "/a", 0);
        submit("page-view-000001", "192.0.2.1", "/a", 1);
        enricher.tick(now + 30_000);
        assertThat(events)
                .filteredOn(event -> event.type() == EventType.SESSION)
                .hasSize(1);
        enricher.tick(now + 61_000);
        assertThat(events)
                .filteredOn(event -> event.type() == EventType.SESSION)
                .hasSize(2);
        enricher.tick(now + 200_000);
        assertThat(events)
                .filteredOn(event -> event.type() == EventType.SESSION)
                .hasSize(2);
    }

    @Test
    void takeBack_ofAGroup_leavesSessionsAsIfItHadNeverCome() {
        enricher.trackGroups();
        submit("page-view-000001", "192.0.2.1", "/a", 0);
        enricher.kept();
        events.clear();

        submit("page-view-000002", "192.0.2.1", "/b", 0, 1, 2);
        submit("page-view-000003", "192.0.2.2", "/c", 0);
        enricher.tick(now + 2 * MINUTE); // emits the changed session
        enricher.takeBack(ofVisitors());
        events.clear();

        submit("page-view-000002", "192.0.2.1", "/b", 0);
        submit("page-view-000003", "192.0.2.2", "/c", 0);
        enricher.kept();
        assertThat(ofVisitors()).hasSize(2);
        enricher.finish(now);
        assertThat(lastSessions())
                .extracting(Session::pages, Session::events, Session::entry)
                .containsExactlyInAnyOrder(tuple(2L, 2L, "/a"), tuple(1L, 1L, "/c"));
    }

    @Test
    void takeBack_ofAGroupThatEndedASession_endsItAgain() {
        enricher.trackGroups();
        submit("page-view-000001", "192.0.2.1", "/a", 0);
        enricher.kept();
        now += 31 * MINUTE;
        enricher.tick(now);
        assertThat(lastSessions()).extracting(Session::ended).containsExactly(true);
        enricher.takeBack(List.of());
        events.clear();

        enricher.tick(now);
        assertThat(lastSessions()).extracting(Session::ended).containsExactly(true);
        enricher.kept();
        enricher.takeBack(List.of());
        assertThat(enricher.needsTicks()).isFalse();
    }

    @Test
    void takeBack_ofAGroupThatOpenedASessionAnew_keepsTheOneBefore() {
        enricher.trackGroups();
        submit("page-view-000001", "192.0.2.1", "/a", 0);
        enricher.kept();
        String first = ofVisitors().get(0).context().session();
        now += 31 * MINUTE;
        submit("page-view-000002", "192.0.2.1", "/b", 0);
        enricher.takeBack(ofVisitors().subList(1, 2));
        events.clear();

        submit("page-view-000002", "192.0.2.1", "/b", 0);
        assertThat(events)
                .filteredOn(event -> event.data() instanceof Session session && session.ended())
                .extracting(event -> event.context().session())
                .containsExactly(first);
        assertThat(ofVisitors()).extracting(event -> event.context().session()).doesNotContain(first);
    }

    @Test
    void enrich_ofAddresses_removesTheirQueries() {
        WireContext context = context("page-view-000001", "https://shop.example/p/12?token=t&utm_source=news#x");
        EventData click = new Click("#a", "a", null, null, "/x?secret=1", false, null, null, null, false, false);
        enricher.enrich(submission(context, "192.0.2.1", new WireEvent(0, -40, click)), now);
        Event event = ofVisitors().get(0);
        assertThat(event.context().page().path()).isEqualTo("/p/12");
        assertThat(event.context().page().route()).isEqualTo("/p/{id}");
        assertThat(event.context().acquisition().utmSource()).isEqualTo("news");
        assertThat(((Click) event.data()).href()).isEqualTo("/x");
        assertThat(event.timeMillis()).isEqualTo(now - 40);
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/a.gif?token=t#x, https://shop.example/a.gif",
        "/a.gif#x, /a.gif",
        "a.gif?token=t#x, a.gif",
        "#gallery>img, #gallery>img",
        "#player>>>#film, #player>>>#film",
        "Film #2, Film #2"
    })
    void enrich_ofNames_removesQueriesAndKeepsSelectors(String sent, String kept) {
        WireContext context = context("page-view-000001", "https://shop.example/");
        WireEvent view = new WireEvent(0, 0, new ImageView(sent, null));
        enricher.enrich(submission(context, "192.0.2.1", view), now);
        assertThat(((ImageView) ofVisitors().get(0).data()).image()).isEqualTo(kept);
    }

    @Test
    void enrich_ofStorageIdentity_usesTheBrowsersIdUnlessItAsksForPrivacy() {
        start(WebWatchConfig.builder()
                .set(WebWatchProperties.PRIVACY_IDENTITY, Identity.STORAGE)
                .build());
        WireContext context = new WireContext(
                "page-view-000001", "http://h/", null, null, null, null, null, 0, 0, 0, 0, 0, null, null, "kept-id");
        WireEvent view = view(0);
        enricher.enrich(submission(context, "192.0.2.1", view), now);
        ClientFacts gpc = new ClientFacts("192.0.2.1", BROWSER, "en", null, true, false, null);
        WireContext other = new WireContext(
                "page-view-000002", "http://h/", null, null, null, null, null, 0, 0, 0, 0, 0, null, null, "kept-id");
        enricher.enrich(new Submission(other, List.of(view), gpc, now, 100, null), now);
        assertThat(ofVisitors().get(0).context().visitor()).isEqualTo("kept-id");
        assertThat(ofVisitors().get(1).context().visitor()).isNotEqualTo("kept-id");
    }

    @Test
    void tick_afterTwoDays_forgetsTheKeysInMemoryAndOnDisk() throws Exception {
        submit("page-view-000001", "192.0.2.1", "/a", 0);
        enricher.tick(now);
        assertThat(Files.readString(directory.resolve("state.json"))).contains("2026-03-10");
        enricher.tick(now + 2 * 24 * 60 * MINUTE);
        assertThat(Files.readString(directory.resolve("state.json"))).doesNotContain("2026-03-10\":");
    }

    @Test
    void enrich_withASharedSecret_agreesBetweenInstances() {
        WebWatchConfig config = WebWatchConfig.builder()
                .set(WebWatchProperties.PRIVACY_SECRET, "sixteen characters!")
                .build();
        for (int instance = 0; instance < 2; instance++) {
            enricher = new Enricher(config, StateFile.none(), PARSER, drops, now, System::nanoTime);
            enricher.to(events::add);
            submit("page-view-00000" + instance, "192.0.2.1", "/a", 0);
        }
        assertThat(visitors()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{\"sessions\":[{\"site\":\"s\"}]}", "{\"salts\":{\"x\":1}}", "{\"newest\":\"1\"}"})
    void start_withAnUnreadableState_beginsWithoutIt(String content) throws Exception {
        Files.writeString(directory.resolve("state.json"), content);
        start();
        assertThat(enricher.needsTicks()).isFalse();
        submit("page-view-000001", "192.0.2.1", "/a", 0);
        assertThat(ofVisitors()).hasSize(1);
    }

    @Test
    void session_withoutAPageView_isNoBounce() {
        WireEvent engagement = new WireEvent(0, 0, new Engagement(1, 1, 0, 10));
        enricher.enrich(submission(context("page-view-000001", "http://h/"), "192.0.2.1", engagement), now);
        enricher.finish(now);
        assertThat(lastSessions()).extracting(Session::bounce).containsExactly(false);
    }

    private void start(WebWatchConfig config) {
        enricher = new Enricher(config, StateFile.in(directory), PARSER, drops, now, System::nanoTime);
        enricher.to(events::add);
    }

    private void submit(String pageView, String address, String path, long... sequences) {
        WireEvent[] wire = new WireEvent[sequences.length];
        for (int i = 0; i < wire.length; i++) {
            wire[i] = view(sequences[i]);
        }
        enricher.enrich(submission(context(pageView, "https://shop.example" + path), address, wire), now);
    }

    private static WireEvent view(long sequence) {
        return new WireEvent(sequence, 0, new PageView(PageView.Kind.LOAD, null));
    }

    private Submission submission(WireContext context, String address, WireEvent... wire) {
        ClientFacts client = new ClientFacts(address, BROWSER, "en", "shop.example", false, false, null);
        return new Submission(context, List.of(wire), client, now, 100, null);
    }

    private static WireContext context(String pageView, String url) {
        return new WireContext(pageView, url, null, null, null, null, null, 0, 0, 0, 0, 0, null, null, null);
    }

    private List<Event> ofVisitors() {
        return events.stream()
                .filter(event -> event.type() != EventType.SESSION)
                .toList();
    }

    private List<String> visitors() {
        return ofVisitors().stream()
                .map(event -> event.context().visitor())
                .distinct()
                .toList();
    }

    private List<String> sessions() {
        return ofVisitors().stream()
                .map(event -> event.context().session())
                .distinct()
                .toList();
    }

    /** Returns the latest copy of each session. */
    private Collection<Session> lastSessions() {
        Map<String, Session> last = new LinkedHashMap<>();
        for (Event event : events) {
            if (event.data() instanceof Session session) {
                last.put(event.context().session(), session);
            }
        }
        return last.values();
    }

    private Event lastSession() {
        return events.stream()
                .filter(event -> event.type() == EventType.SESSION)
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
