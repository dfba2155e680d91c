package io.webwatch.enrich;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties.Identity;
import io.webwatch.config.WebWatchProperties.PrivacySignal;
import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventData;
import io.webwatch.event.EventId;
import io.webwatch.event.RandomIds;
import io.webwatch.intake.Submission;
import io.webwatch.request.ClientFacts;
import io.webwatch.wire.WireEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import ua_parser.Parser;

/**
 * Turns submissions into complete events: recognises repeated ones, the visitor and the session, assigns times, reads
 * addresses and user agents, and keeps the sessions' own events. Everything that needs order or shared state is here, on
 * the one batcher thread and without locks. Not thread-safe.
 */
public final class Enricher {
    private static final String NOBODY = "";

    private final EnrichSettings settings;
    private final Contexts contexts;
    private final Salts salts;
    private final VisitorIds visitorIds;
    private final PageViews pageViews = new PageViews();
    private final Sessions sessions;
    private final UniqueTimes times;
    private final DropCounters drops;
    private final StateFile state;
    private Consumer<Event> out = event -> {};

    /**
     * Begins, with what an earlier run left.
     *
     * @param userAgents the parser, once it is built
     * @param nowMillis the present, epoch milliseconds
     */
    public Enricher(
            WebWatchConfig config,
            StateFile state,
            CompletableFuture<Parser> userAgents,
            DropCounters drops,
            long nowMillis,
            LongSupplier nanoTime) {
        this.settings = EnrichSettings.of(config);
        this.contexts = new Contexts(settings, new UserAgents(userAgents, nanoTime));
        this.salts = new Salts(settings.secret());
        this.visitorIds = new VisitorIds(salts);
        this.sessions = new Sessions(settings.sessionTimeoutMillis());
        this.drops = drops;
        this.state = state;
        long lastMillis = state.restore(salts, sessions);
        salts.forget(nowMillis);
        this.times = new UniqueTimes(settings.instance(), Math.max(nowMillis, lastMillis + 1));
    }

    /** Builds the user-agent parser on a thread of its own. */
    public static CompletableFuture<Parser> loadUserAgents() {
        return UserAgents.load();
    }

    /** Where events go. */
    public void to(Consumer<Event> consumer) {
        this.out = consumer;
    }

    /** Hands over the events of a submission that were not taken before, in its order. */
    public void enrich(Submission submission, long nowMillis) {
        if (submission.client() == ClientFacts.APPLICATION) {
            enrichApplication(submission);
            return;
        }
        String user = user(submission);
        PageViews.Remembered pageView = pageViews.find(submission.context().pageView());
        if (pageView == null) {
            pageView = pageViews.add(
                    submission.context().pageView(), visitor(submission, user, submission.receivedMillis()));
        }
        SessionState session = null;
        EventContext context = null;
        int duplicates = 0;
        for (WireEvent wire : submission.events()) {
            if (!pageView.take(wire.sequence())) {
                duplicates++;
                continue;
            }
            long time = submission.receivedMillis() + wire.offsetMillis();
            SessionState current = session != null && time - session.lastMillis <= settings.sessionTimeoutMillis()
                    ? session
                    : sessions.find(pageView.visitor, time);
            if (current == null || context == null || current != session) {
                String id = current == null ? RandomIds.next() : current.id;
                context = contexts.create(submission, pageView.visitor, id, user);
                current = current == null ? open(pageView.visitor, id, time, context, nowMillis) : current;
                session = current;
            }
            sessions.changes(current);
            current.count(wire.data(), context.page().path(), time, nowMillis);
            emit(submission, wire, time, context);
            if (current.toldMillis == 0) {
                tell(current, false, nowMillis);
            }
        }
        drops.add(DropReason.DUPLICATE, duplicates);
    }

    /** Ends sessions that timed out, tells changed ones, and stores what a restart needs when it is time to. */
    public void tick(long nowMillis) {
        salts.forget(nowMillis);
        sessions.sweep(
                nowMillis, session -> tell(session, true, nowMillis), session -> tell(session, false, nowMillis));
        state.storeIfDue(salts, sessions, times.newestMillis(), nowMillis);
    }

    /** Whether {@link #tick} has anything to do, so that an idle application stays idle. */
    public boolean needsTicks() {
        return !sessions.isEmpty();
    }

    /** Tells every session's latest state and stores what a restart needs. Open sessions stay open for it. */
    public void finish(long nowMillis) {
        sessions.flush(session -> tell(session, false, nowMillis));
        state.store(salts, sessions, times.newestMillis(), nowMillis);
    }

    /** From now on the sessions can be taken back to where they were at the last {@link #kept}. */
    public void trackGroups() {
        sessions.track();
    }

    /** What was enriched until now is kept. */
    public void kept() {
        sessions.mark();
    }

    /**
     * Takes everything back that was enriched since the last {@link #kept} and could not be kept: repeated events are taken
     * again, and count in their sessions once.
     */
    public void takeBack(Iterable<Event> events) {
        events.forEach(this::forget);
        sessions.rollBack();
    }

    private void forget(Event event) {
        PageViews.Remembered pageView = pageViews.find(event.id().pageView());
        if (pageView != null) {
            pageView.forget(event.id().sequence());
        }
    }

    /** Marks an event of an earlier run as taken. */
    public void remember(Event event) {
        if (event.data() instanceof EventData.Session
                || event.context().visitor().isEmpty()) {
            return;
        }
        PageViews.Remembered pageView = pageViews.find(event.id().pageView());
        if (pageView == null) {
            pageView = pageViews.add(event.id().pageView(), event.context().visitor());
        }
        pageView.take(event.id().sequence());
    }

    /** Stores the window within which repeated events are recognised. */
    public void writeWindow(DataOutput out) throws IOException {
        pageViews.write(out);
    }

    /** Goes on with a stored window. */
    public void readWindow(DataInput in) throws IOException {
        pageViews.read(in);
    }

    private void enrichApplication(Submission submission) {
        EventContext context = contexts.create(submission, NOBODY, NOBODY, null);
        for (WireEvent wire : submission.events()) {
            emit(submission, wire, submission.receivedMillis() + wire.offsetMillis(), context);
        }
    }

    private void emit(Submission submission, WireEvent wire, long time, EventContext context) {
        EventId id = new EventId(submission.context().pageView(), wire.sequence());
        out.accept(new Event(id, time, times.assign(time), context, contexts.withoutQueries(wire.data())));
    }

    private SessionState open(String visitor, String id, long time, EventContext context, long nowMillis) {
        SessionState opened = new SessionState(visitor, id, time, times.assign(time), context);
        sessions.open(opened, before -> tell(before, true, nowMillis));
        return opened;
    }

    private void tell(SessionState session, boolean ended, long nowMillis) {
        session.dirty = false;
        session.toldMillis = nowMillis;
        EventData data = session.data(ended);
        out.accept(
                new Event(new EventId(session.id, 0), session.startMillis, session.startNanos, session.context, data));
    }

    private @Nullable String user(Submission submission) {
        if (settings.identity() != Identity.USER || isAnonymous(submission.client())) {
            return null;
        }
        String known = submission.client().user();
        return known != null ? known : submission.context().user();
    }

    private boolean isAnonymous(ClientFacts client) {
        return client.gpc() && settings.gpc() == PrivacySignal.COOKIELESS
                || client.dnt() && settings.dnt() == PrivacySignal.COOKIELESS;
    }

    private String visitor(Submission submission, @Nullable String user, long millis) {
        ClientFacts client = submission.client();
        String site = contexts.site(submission);
        if (user != null) {
            return UserPseudonym.of(site, user, settings.secret());
        }
        String stored = submission.context().visitor();
        if (settings.identity() == Identity.STORAGE && stored != null && !stored.isEmpty() && !isAnonymous(client)) {
            return stored;
        }
        String today = visitorIds.today(site, client, millis);
        if (sessions.find(today, millis) != null) {
            return today;
        }
        // A session that began before midnight goes on under the pseudonym of the day on which it began.
        String yesterday = visitorIds.yesterday(site, client, millis);
        return yesterday != null && sessions.find(yesterday, millis) != null ? yesterday : today;
    }
}
