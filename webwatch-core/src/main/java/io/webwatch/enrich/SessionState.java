package io.webwatch.enrich;

import io.webwatch.event.AttributeReader;
import io.webwatch.event.AttributeWriter;
import io.webwatch.event.Attributed;
import io.webwatch.event.Engagement;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import io.webwatch.event.Session;
import org.jspecify.annotations.Nullable;

/** An open session. Not thread-safe; used by the batcher thread only. */
final class SessionState implements Attributed {
    final String visitor;
    final String id;
    final long startMillis;
    final long startNanos;
    long lastMillis;
    long seenMillis; // by the server's clock, independent of the event's own time
    long reportedMillis;
    boolean dirty;
    long pages;
    long events;
    long interactions;
    long engagedMillis;

    @Nullable
    String entry;

    @Nullable
    String exit;

    final EventContext context; // of the first event

    SessionState(long startMillis, long startNanos, EventContext context) {
        this.visitor = context.visitor();
        this.id = context.session();
        this.startMillis = startMillis;
        this.startNanos = startNanos;
        this.lastMillis = startMillis;
        this.context = context;
    }

    /** Writes what a restart needs. */
    @Override
    public void writeTo(AttributeWriter out) {
        context.writeTo(out);
        out.integer("start", startMillis);
        out.integer("start_ns", startNanos);
        out.integer("last", lastMillis);
        out.integer("seen", seenMillis);
        out.integer("pages", pages);
        out.integer("events", events);
        out.integer("interactions", interactions);
        out.integer("engaged", engagedMillis);
        out.text("entry", entry);
        out.text("exit", exit);
    }

    /** Reads a session whose current state counts as reported. */
    static SessionState readFrom(AttributeReader in) {
        EventContext context = EventContext.readFrom(in);
        SessionState session = new SessionState(in.requiredInteger("start"), in.requiredInteger("start_ns"), context);
        session.lastMillis = in.requiredInteger("last");
        session.seenMillis = in.requiredInteger("seen");
        session.reportedMillis = session.seenMillis;
        session.pages = in.requiredInteger("pages");
        session.events = in.requiredInteger("events");
        session.interactions = in.requiredInteger("interactions");
        session.engagedMillis = in.requiredInteger("engaged");
        session.entry = in.text("entry");
        session.exit = in.text("exit");
        return session;
    }

    /** Returns a copy that later events do not change. */
    SessionState copy() {
        SessionState copy = new SessionState(startMillis, startNanos, context);
        copy.lastMillis = lastMillis;
        copy.seenMillis = seenMillis;
        copy.reportedMillis = reportedMillis;
        copy.dirty = dirty;
        copy.pages = pages;
        copy.events = events;
        copy.interactions = interactions;
        copy.engagedMillis = engagedMillis;
        copy.entry = entry;
        copy.exit = exit;
        return copy;
    }

    /** Counts an event. */
    void count(EventData data, String path, long timeMillis, long nowMillis) {
        events++;
        lastMillis = Math.max(lastMillis, timeMillis);
        seenMillis = nowMillis;
        dirty = true;
        if (data.type() == EventType.PAGE_VIEW) {
            pages++;
            entry = entry == null ? path : entry;
            exit = path;
        } else if (data instanceof Engagement engagement) {
            engagedMillis += engagement.engagedMillis();
        } else if (data.type().isInteraction()) {
            interactions++;
        }
    }

    /** Returns the data of the session event. */
    Session data(boolean ended) {
        return new Session(
                ended,
                Math.max(0, lastMillis - startMillis),
                engagedMillis,
                pages,
                events,
                entry,
                exit,
                Session.isBounce(pages, interactions));
    }
}
