package io.webwatch.test.sink;

import io.webwatch.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A store that a sink reaches over something that can fail; it knows what it has already. Thread-safe. */
final class RemoteStore implements Peer {
    private enum State {
        UP,
        REFUSING,
        SILENT
    }

    private final List<Event> rows = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, Long> positions = new HashMap<>();
    private State state = State.UP;

    /**
     * Waits for the store's answer.
     *
     * @throws TimeoutException when the store is away
     * @throws InterruptedException when interrupted while it is silent
     */
    synchronized void reach(Duration timeout) throws TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (state == State.SILENT) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new TimeoutException("no answer");
            }
            wait(left);
        }
        if (state == State.REFUSING) {
            throw new TimeoutException("connection refused");
        }
    }

    synchronized void put(Event event) {
        if (known.add(event.id().toString())) {
            rows.add(event);
        }
    }

    /** Adds it whether it is there or not. */
    synchronized void add(Event event) {
        rows.add(event);
        known.add(event.id().toString());
    }

    synchronized boolean knows(String log, long position) {
        return positions.getOrDefault(log, 0L) >= position;
    }

    synchronized void remember(String log, long position) {
        positions.merge(log, position, Math::max);
    }

    synchronized void forgetAll() {
        rows.clear();
        known.clear();
    }

    synchronized List<Event> rows() {
        return List.copyOf(rows);
    }

    @Override
    public synchronized void refuse() {
        state = State.REFUSING;
        notifyAll();
    }

    @Override
    public synchronized void freeze() {
        state = State.SILENT;
    }

    @Override
    public synchronized void restore() {
        state = State.UP;
        notifyAll();
    }
}
