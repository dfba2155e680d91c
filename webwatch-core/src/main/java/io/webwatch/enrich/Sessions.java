package io.webwatch.enrich;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions by visitor, least recently active first. Bounded: above {@value #MAX_OPEN} sessions, the least recently
 * active one is ended early. Not thread-safe; used by the batcher thread only.
 */
final class Sessions {
    static final int MAX_OPEN = 50_000;
    private static final long REPORT_MILLIS = 60_000;

    private final long timeoutMillis;
    private final LinkedHashMap<String, SessionState> open = new LinkedHashMap<>(256, 0.75f, true);

    /** By visitor, the sessions that have changed since the last mark, in their former state; null unless tracked. */
    private @Nullable Map<String, Optional<SessionState>> marked;

    Sessions(long timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
    }

    /** Returns the visitor's session that is open at the given time, or null if there is none. */
    @Nullable
    SessionState find(String visitor, long timeMillis) {
        SessionState session = open.get(visitor);
        return session == null || timeMillis - session.lastMillis > timeoutMillis ? null : session;
    }

    /** Makes {@link #rollBack} possible, to this moment or a later {@link #mark}. */
    void track() {
        marked = new HashMap<>();
    }

    /** Makes all changes so far final. */
    void mark() {
        if (marked != null) {
            marked.clear();
        }
    }

    /** Undoes all changes since the last mark. */
    void rollBack() {
        if (marked != null) {
            marked.forEach((visitor, before) ->
                    before.ifPresentOrElse(session -> open.put(visitor, session), () -> open.remove(visitor)));
            marked.clear();
        }
    }

    /** Must be called before a session changes. */
    void changes(SessionState session) {
        remember(session.visitor, session);
    }

    private void remember(String visitor, @Nullable SessionState now) {
        if (marked != null && !marked.containsKey(visitor)) {
            marked.put(visitor, Optional.ofNullable(now).map(SessionState::copy));
        }
    }

    /**
     * Opens a session in place of one that has timed out.
     *
     * @param ended receives each session that ends because of this
     */
    void open(SessionState session, Consumer<SessionState> ended) {
        SessionState before = open.get(session.visitor);
        remember(session.visitor, before);
        if (before != null) {
            ended.accept(before); // before it is removed, so that it is not forgotten if this fails
        }
        open.put(session.visitor, session);
        if (open.size() > MAX_OPEN) {
            Iterator<SessionState> eldest = open.values().iterator();
            SessionState evicted = eldest.next();
            changes(evicted);
            ended.accept(evicted);
            eldest.remove();
        }
    }

    /**
     * Ends the sessions that have timed out.
     *
     * @param ended receives them
     * @param changed receives the others that have changes to report, each at most once a minute
     */
    void sweep(long nowMillis, Consumer<SessionState> ended, Consumer<SessionState> changed) {
        Iterator<SessionState> sessions = open.values().iterator();
        while (sessions.hasNext()) {
            SessionState session = sessions.next();
            if (nowMillis - session.seenMillis > timeoutMillis) {
                changes(session);
                ended.accept(session);
                sessions.remove();
            } else if (session.dirty && nowMillis - session.reportedMillis >= REPORT_MILLIS) {
                changes(session);
                changed.accept(session);
            }
        }
    }

    /** Passes on every session with changes that were not reported yet. */
    void flush(Consumer<SessionState> changed) {
        open.values().stream().filter(session -> session.dirty).forEach(changed);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Returns the most recently active sessions, least recent first. */
    List<SessionState> latest(int max) {
        List<SessionState> all = new ArrayList<>(open.values());
        return all.subList(Math.max(0, all.size() - max), all.size());
    }

    /** Adds the sessions that an earlier run stored, least recent first. */
    void restore(Map<String, SessionState> stored) {
        open.putAll(stored);
    }
}
