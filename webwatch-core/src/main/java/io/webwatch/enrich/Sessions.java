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
 * The open sessions by visitor, least recently active first. Bounded: past {@value #MAX_OPEN} the least recently active
 * one is ended early. Not thread-safe: the batcher's alone.
 */
final class Sessions {
    static final int MAX_OPEN = 50_000;
    private static final long TELL_MILLIS = 60_000;

    private final long timeoutMillis;
    private final LinkedHashMap<String, SessionState> open = new LinkedHashMap<>(256, 0.75f, true);
    /** Visitors' sessions as they were at the last mark, of those that have changed; null while nobody wants to go back. */
    private @Nullable Map<String, Optional<SessionState>> marked;

    Sessions(long timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
    }

    /** The visitor's open session at that time, or null when there is none that has not timed out. */
    @Nullable
    SessionState find(String visitor, long timeMillis) {
        SessionState session = open.get(visitor);
        return session == null || timeMillis - session.lastMillis > timeoutMillis ? null : session;
    }

    /** From now on {@link #rollBack} is possible, to this moment or a later {@link #mark}. */
    void track() {
        marked = new HashMap<>();
    }

    /** What changed until now is final. */
    void mark() {
        if (marked != null) {
            marked.clear();
        }
    }

    /** Takes everything back that changed since the last mark. */
    void rollBack() {
        if (marked != null) {
            marked.forEach((visitor, before) ->
                    before.ifPresentOrElse(session -> open.put(visitor, session), () -> open.remove(visitor)));
            marked.clear();
        }
    }

    /** To be called before a session changes. */
    void changes(SessionState session) {
        remember(session.visitor, session);
    }

    private void remember(String visitor, @Nullable SessionState now) {
        if (marked != null && !marked.containsKey(visitor)) {
            marked.put(visitor, Optional.ofNullable(now).map(SessionState::copy));
        }
    }

    /** Opens a session in place of a timed-out one; what ends by that is handed over. */
    void open(SessionState session, Consumer<SessionState> ended) {
        remember(session.visitor, open.get(session.visitor));
        SessionState before = open.put(session.visitor, session);
        if (before != null) {
            ended.accept(before);
        }
        if (open.size() > MAX_OPEN) {
            Iterator<SessionState> eldest = open.values().iterator();
            SessionState evicted = eldest.next();
            changes(evicted);
            eldest.remove();
            ended.accept(evicted);
        }
    }

    /** Ends what has timed out and tells what has changed for a minute. */
    void sweep(long nowMillis, Consumer<SessionState> ended, Consumer<SessionState> changed) {
        Iterator<SessionState> sessions = open.values().iterator();
        while (sessions.hasNext()) {
            SessionState session = sessions.next();
            if (nowMillis - session.seenMillis > timeoutMillis) {
                changes(session);
                sessions.remove();
                ended.accept(session);
            } else if (session.dirty && nowMillis - session.toldMillis >= TELL_MILLIS) {
                changes(session);
                changed.accept(session);
            }
        }
    }

    /** Tells every change that was not told yet. */
    void flush(Consumer<SessionState> changed) {
        open.values().stream().filter(session -> session.dirty).forEach(changed);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** The most recently active ones, least recent first. */
    List<SessionState> latest(int most) {
        List<SessionState> all = new ArrayList<>(open.values());
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    /** Takes over what an earlier run stored, least recent first. */
    void restore(Map<String, SessionState> stored) {
        open.putAll(stored);
    }
}
