package io.webwatch.test.sink;

import java.nio.file.Path;

/** The kit on the sink that keeps everything in memory. */
class MemorySinkCompatibilityTest extends SinkCompatibilityKit {
    @Override
    protected SinkHarness harness(Path directory) {
        return new MemorySinkHarness();
    }
}
