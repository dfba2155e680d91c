package io.webwatch.test.sink;

import io.webwatch.event.Event;
import io.webwatch.runtime.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A store behind a connection that can fail. It remembers which events and positions it has. Thread-safe. */
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
    private boolean isRead;

    /**
     * Waits for the store's response.
     *
     * @throws TimeoutException if the store is unavailable
     * @throws InterruptedException if interrupted while it is silent
     */
    synchronized void reach(Duration timeout) throws TimeoutException, InterruptedException {
        long deadline = TimeSource.SYSTEM.nanoTime() + timeout.toNanos();
        while (state == State.SILENT) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - TimeSource.SYSTEM.nanoTime());
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

    /** Adds the event even if the store has it already. */
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

    synchronized List<Event> rows() {
        isRead = true;
        notifyAll();
        return List.copyOf(rows);
    }

    /** Waits until a test has read the rows. */
    synchronized void awaitRead() {
        try {
            while (!isRead) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
