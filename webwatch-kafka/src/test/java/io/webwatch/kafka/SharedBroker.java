package io.webwatch.kafka;

import io.webwatch.kafka.broker.KafkaBroker;
import io.webwatch.test.sink.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The broker of all tests that leave it as it is, started by the first of them; with a proxy that can fail in its stead. */
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
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
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

    /** A name that no test has had. */
    static String newName() {
        return "test-" + NAMES.incrementAndGet();
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** The same broker through the proxy. */
    String proxiedServers() {
        return "127.0.0.1:" + proxy.port();
    }

    TcpProxy proxy() {
        return proxy;
    }

    private void delete(Path directory) {
        try {
            broker.close();
            try (var files = Files.walk(directory)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .map(Path::toFile)
                        .forEach(java.io.File::delete);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
