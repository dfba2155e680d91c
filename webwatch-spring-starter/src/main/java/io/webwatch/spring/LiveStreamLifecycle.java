package io.webwatch.spring;

import org.springframework.context.SmartLifecycle;

/**
 * Ends the dashboard's live streams when the application stops, before the web server begins its graceful shutdown and
 * waits for open requests.
 */
final class LiveStreamLifecycle implements SmartLifecycle {
    /** Stops before the graceful shutdown of the web server, whose phase is the default phase minus 1024. */
    private static final int PHASE = DEFAULT_PHASE - 512;

    private final Runnable endStreams;
    private volatile boolean running;

    LiveStreamLifecycle(Runnable endStreams) {
        this.endStreams = endStreams;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        endStreams.run();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
