package io.webwatch.kafka;

import io.webwatch.fixture.Directories;
import io.webwatch.kafka.broker.KafkaBroker;
import io.webwatch.test.sink.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The broker that all tests share that do not stop or configure it, with a proxy that simulates failures. */
final class SharedBroker {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static @Nullable SharedBroker shared;

    private final KafkaBroker broker;
    private final TcpProxy proxy;

    private SharedBroker() throws IOException {
        Path directory = Files.createTempDirectory("webwatch-kafka");
        broker = new KafkaBroker(directory, Map.of("num.partitions", "3"));
        proxy = new TcpProxy(broker.proxiedPort());
        broker.advertise(proxy.port());
        broker.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(directory)));
    }

    static synchronized SharedBroker get() {
        if (shared == null) {
            try {
                shared = new SharedBroker();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    /** Returns a name that no other test uses. */
    static String newName() {
        return "test-" + NAMES.incrementAndGet();
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Returns the address of the same broker behind the proxy. */
    String proxiedServers() {
        return "127.0.0.1:" + proxy.port();
    }

    TcpProxy proxy() {
        return proxy;
    }

    private void stop(Path directory) {
        try {
            broker.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Directories.delete(directory);
    }
}
