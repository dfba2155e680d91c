package io.webwatch.enrich;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventId;
import io.webwatch.event.RandomIds;
import io.webwatch.event.Session;
import io.webwatch.intake.Submission;
import io.webwatch.request.ClientFacts;
import io.webwatch.runtime.ThreadFailures;
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
 * Turns submissions into complete events: drops repeated events, identifies visitor and session, assigns times, interprets
 * addresses and user agents, and emits the session events. Everything that depends on order or shared state is here, so
 * that it runs on the batcher thread without locks. Not thread-safe.
 */
public final class Enricher {
    private static final String NO_VISITOR = "";

    private final EnrichSettings settings;
    private final Contexts contexts;
    private final Salts salts;
    private final Visitors visitors;
    private final PageViews pageViews = new PageViews();
    private final Sessions sessions;
    private final UniqueTimes times;
    private final DropCounters drops;
    private final StateFile state;
    private Consumer<Event> out = event -> {};
    private int decided; // events of the current submission that were emitted or are duplicates

    /**
     * Creates an enricher that continues from the stored state.
     *
     * @param userAgents the parser, as soon as it is loaded
     * @param nowMillis the current time in epoch milliseconds
     * @param nanoTime monotonic time that limits the effort for parsing user agents
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
        this.sessions = new Sessions(settings.sessionTimeoutMillis());
        this.visitors = new Visitors(settings, new VisitorIds(salts), sessions);
        this.drops = drops;
        this.state = state;
        long lastMillis = state.restore(salts, sessions);
        salts.forget(nowMillis);
        this.times = new UniqueTimes(settings.instance(), Math.max(nowMillis, lastMillis + 1));
    }

    /** Loads the user-agent parser in the background. */
    public static CompletableFuture<Parser> loadUserAgents(ThreadFailures failures) {
        return UserAgents.load(failures);
    }

    /** Sets the consumer of all events. */
    public void to(Consumer<Event> consumer) {
        this.out = consumer;
    }

    /**
     * Emits those events of a submission that are not repeated, in their order. If that fails, counts the events that
     * were not emitted as {@link DropReason#INTERNAL}, and throws the failure.
     */
    public void enrich(Submission submission, long nowMillis) {
        decided = 0;
        try {
            enrichEvents(submission, nowMillis);
        } finally {
            drops.add(DropReason.INTERNAL, submission.events().size() - decided);
        }
    }

    private void enrichEvents(Submission submission, long nowMillis) {
        if (submission.client() == ClientFacts.APPLICATION) {
            enrichApplication(submission);
            return;
        }
        String user = visitors.user(submission);
        PageViews.Remembered pageView = pageViews.find(submission.context().pageView());
        if (pageView == null) {
            String visitor = visitors.visitor(submission, contexts.site(submission), user);
            pageView = pageViews.add(submission.context().pageView(), visitor);
        }
        Visit visit = new Visit(submission, pageView.visitor, user);
        for (WireEvent wire : submission.events()) {
            if (pageView.take(wire.sequence())) {
                visit.enrich(wire, nowMillis);
            } else {
                decided++;
                drops.add(DropReason.DUPLICATE, 1);
            }
        }
    }

    /** One submission of a browser, with the session and the context of its latest event. */
    private final class Visit {
        private final Submission submission;
        private final String visitor;
        private final @Nullable String user;
        private @Nullable SessionState session;
        private @Nullable EventContext context;

        Visit(Submission submission, String visitor, @Nullable String user) {
            this.submission = submission;
            this.visitor = visitor;
            this.user = user;
        }

        void enrich(WireEvent wire, long nowMillis) {
            long time = submission.receivedMillis() + wire.offsetMillis();
            SessionState current = session;
            EventContext shared = context;
            if (current == null || shared == null || time - current.lastMillis > settings.sessionTimeoutMillis()) {
                current = sessions.find(visitor, time);
                String id = current == null ? RandomIds.next() : current.id;
                shared = contexts.create(submission, visitor, id, user);
                current = current == null ? open(time, shared, nowMillis) : current;
                session = current;
                context = shared;
            }
            sessions.changes(current);
            emit(submission, wire, time, shared);
            current.count(wire.data(), shared.page().path(), time, nowMillis);
            if (current.reportedMillis == 0) {
                report(current, false, nowMillis);
            }
        }
    }

    private SessionState open(long time, EventContext context, long nowMillis) {
        SessionState opened = new SessionState(time, times.assign(time), context);
        sessions.open(opened, ended -> report(ended, true, nowMillis));
        return opened;
    }

    private void enrichApplication(Submission submission) {
        EventContext context = contexts.create(submission, NO_VISITOR, NO_VISITOR, null);
        for (WireEvent wire : submission.events()) {
            emit(submission, wire, submission.receivedMillis() + wire.offsetMillis(), context);
        }
    }

    private void emit(Submission submission, WireEvent wire, long time, EventContext context) {
        EventId id = new EventId(submission.context().pageView(), wire.sequence());
        out.accept(new Event(id, time, times.assign(time), context, contexts.withoutQueries(wire.data())));
        decided++;
    }

    /** Emits a session event. */
    private void report(SessionState session, boolean ended, long nowMillis) {
        EventId id = new EventId(session.id, 0);
        out.accept(new Event(id, session.startMillis, session.startNanos, session.context, session.data(ended)));
        session.dirty = false; // only now: if the event could not be emitted, the session is reported again
        session.reportedMillis = nowMillis;
    }

    /** Ends sessions that have timed out, reports changed ones, and stores the state if it is due. */
    public void tick(long nowMillis) {
        salts.forget(nowMillis);
        sessions.sweep(
                nowMillis, ended -> report(ended, true, nowMillis), changed -> report(changed, false, nowMillis));
        state.storeIfDue(salts, sessions, times.newestMillis(), nowMillis);
    }

    /** Returns whether {@link #tick} has anything to do, so that an idle application does no work. */
    public boolean needsTicks() {
        return !sessions.isEmpty();
    }

    /** Reports the latest state of every session and stores what a restart needs. Sessions stay open for the restart. */
    public void finish(long nowMillis) {
        sessions.flush(session -> report(session, false, nowMillis));
        state.store(salts, sessions, times.newestMillis(), nowMillis);
    }

    /** Starts to remember how sessions change, so that {@link #takeBack} can restore them. */
    public void trackGroups() {
        sessions.track();
    }

    /** Makes everything enriched so far final. */
    public void kept() {
        sessions.mark();
    }

    /**
     * Undoes what was enriched since the last call of {@link #kept}, because it could not be stored. When the browser
     * repeats the events, they are accepted and counted once.
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

    /** Marks an event of an earlier run as accepted, so that a copy is recognised. */
    public void remember(Event event) {
        if (event.data() instanceof Session || event.context().visitor().isEmpty()) {
            return;
        }
        PageViews.Remembered pageView = pageViews.find(event.id().pageView());
        if (pageView == null) {
            pageView = pageViews.add(event.id().pageView(), event.context().visitor());
        }
        pageView.take(event.id().sequence());
    }

    /** Writes the window within which repeated events are recognised. */
    public void writeWindow(DataOutput out) throws IOException {
        pageViews.write(out);
    }

    /** Adds a stored window to the current one. */
    public void readWindow(DataInput in) throws IOException {
        pageViews.read(in);
    }
}
