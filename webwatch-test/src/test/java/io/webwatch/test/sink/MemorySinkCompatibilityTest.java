package io.webwatch.test.sink;

import java.nio.file.Path;

/** The memory sink passes the tests for all sinks. */
class MemorySinkCompatibilityTest extends SinkCompatibilityKit {
    @Override
    protected SinkHarness harness(Path directory) {
        return new MemorySinkHarness();
    }
}
