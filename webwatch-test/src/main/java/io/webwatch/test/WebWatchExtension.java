package io.webwatch.test;

import io.webwatch.WebWatch;
import io.webwatch.config.Property;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs a WebWatch for tests and records its events instead of delivering them. Its files are in a temporary directory. If
 * registered in a static field, one WebWatch runs for all tests of the class, and the recorded events are removed before
 * each test. In an instance field, each test has its own WebWatch. Tests can have parameters of type {@link RecordedEvents}
 * and {@link WebWatch}.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final WebWatchExtension webWatch = WebWatchExtension.create();
 *
 * @BeforeAll
 * static void start() {
 *     servletContext.setAttribute("io.webwatch.WebWatch", webWatch.webWatch()); // where the application looks for it
 * }
 *
 * @Test
 * void payment_isTracked(RecordedEvents recorded) {
 *     pay(12.5);
 *     assertThat(recorded.await(EventType.CUSTOM)).isNamed("invoice_paid").hasProperty("amount", 12.5);
 * }
 * }</pre>
 *
 * <p>In Spring applications {@link io.webwatch.test.spring.RecordEvents} records the application's own WebWatch.
 */
public final class WebWatchExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private final WebWatchConfig.Builder settings = WebWatchConfig.builder();
    private @Nullable Running running;
    private boolean shared;

    private record Running(WebWatch webWatch, MemorySink sink, Path directory) {}

    private WebWatchExtension() {}

    /** Creates an extension with the default configuration, except for a short {@code webwatch.batch.linger}. */
    public static WebWatchExtension create() {
        WebWatchExtension extension = new WebWatchExtension();
        extension.settings.set(WebWatchProperties.BATCH_LINGER, Duration.ofMillis(5));
        return extension;
    }

    /** Sets a property. Returns this object. */
    public <T> WebWatchExtension with(Property<T> property, T value) {
        settings.set(property, value);
        return this;
    }

    /** Returns the running WebWatch. */
    public WebWatch webWatch() {
        return running().webWatch();
    }

    /** Returns the recorded events. */
    public RecordedEvents recorded() {
        return running().sink().events();
    }

    /** Returns the sink, for example to simulate failures. */
    public MemorySink sink() {
        return running().sink();
    }

    private Running running() {
        Running current = running;
        if (current == null) {
            throw new IllegalStateException(
                    "WebWatch only runs during tests. Register the extension in a field with @RegisterExtension.");
        }
        return current;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        shared = true;
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (!shared) {
            start();
            return;
        }
        recorded().settle(); // so that no event of the previous test arrives later
        recorded().clear();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (!shared) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        shared = false;
        stop();
    }

    private void start() throws IOException {
        Path directory = Files.createTempDirectory("webwatch-test");
        MemorySink sink = new MemorySink();
        WebWatchConfig config = settings.set(WebWatchProperties.SINKS, List.of(MemorySink.NAME))
                .set(WebWatchProperties.DATA_DIRECTORY, directory)
                .build();
        WebWatch webWatch = WebWatch.builder().config(config).sink(sink).start();
        sink.events().from(webWatch);
        running = new Running(webWatch, sink, directory);
    }

    private void stop() throws IOException {
        Running ending = running;
        running = null;
        if (ending != null) {
            ending.webWatch().close();
            deleteTree(ending.directory());
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == RecordedEvents.class || type == WebWatch.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == WebWatch.class ? webWatch() : recorded();
    }
}
