package io.webwatch.test.spring;

import io.webwatch.test.MemorySink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.FileSystemUtils;

/** Adds a recording sink to the application context of a test class with {@link RecordEvents}. Called by Spring. */
final class RecordEventsCustomizerFactory implements ContextCustomizerFactory {
    private static final String SINK_BEAN = "webWatchMemorySink";
    private static final String EVENTS_BEAN = "webWatchRecordedEvents";

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return AnnotatedElementUtils.hasAnnotation(testClass, RecordEvents.class) ? new Customizer() : null;
    }

    /** Without components, and therefore equal to all others, so that test classes can share an application context. */
    private record Customizer() implements ContextCustomizer {
        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
            Path directory = temporaryDirectory();
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "webWatchRecordEvents",
                            Map.of(
                                    "webwatch.sinks",
                                    MemorySink.NAME,
                                    "webwatch.batch.linger",
                                    "5ms",
                                    "webwatch.data-directory",
                                    directory.toString())));
            MemorySink sink = new MemorySink();
            context.getBeanFactory().registerSingleton(SINK_BEAN, sink);
            context.getBeanFactory().registerSingleton(EVENTS_BEAN, sink.events());
            if (context.getBeanFactory() instanceof DefaultSingletonBeanRegistry registry) {
                // Disposable beans are destroyed in reverse order, so this happens after WebWatch is closed.
                registry.registerDisposableBean(
                        "webWatchTestDirectory", () -> FileSystemUtils.deleteRecursively(directory));
            }
        }

        private static Path temporaryDirectory() {
            try {
                return Files.createTempDirectory("webwatch-test");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
