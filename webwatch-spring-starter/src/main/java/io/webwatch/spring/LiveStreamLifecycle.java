package io.webwatch.spring;

import org.springframework.context.SmartLifecycle;

/** Ends the live streams first when the application stops: a graceful stop of the web server waits for open requests. */
final class LiveStreamLifecycle implements SmartLifecycle {
    /** Stops before Boot's graceful shutdown, which has the default phase less 1024. */
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
