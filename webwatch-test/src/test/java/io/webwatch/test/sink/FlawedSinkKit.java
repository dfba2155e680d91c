package io.webwatch.test.sink;

import io.webwatch.config.ConfigurationException;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.Custom;
import io.webwatch.event.Event;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import io.webwatch.test.AttributeMap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kit for a sink with one flaw. Run by {@link SinkCompatibilityKitTest}. */
class FlawedSinkKit extends SinkCompatibilityKit {
    static volatile Flaw flaw = Flaw.NONE;

    @Override
    protected SinkHarness harness(Path directory) {
        return new Harness(flaw, new RemoteStore());
    }

    private record Harness(Flaw with, RemoteStore store) implements SinkHarness {
        @Override
        public SinkFactory factory() {
            return new Factory(with, store);
        }

        @Override
        public List<String> stored(List<Event> candidates) {
            return store.rows().stream().map(event -> event.id().toString()).toList();
        }

        @Override
        public Map<String, ?> attributes(Event event) {
            Event stored = store.rows().stream()
                    .filter(row -> row.id().equals(event.id()))
                    .findFirst()
                    .orElseThrow();
            Map<String, Object> attributes = new HashMap<>(AttributeMap.of(stored));
            attributes.replaceAll((name, value) -> stored(value));
            return attributes;
        }

        private Object stored(Object value) {
            if (value instanceof String text) {
                return switch (with) {
                    case TRIMS_TEXT -> text.strip();
                    case CUTS_LINES -> text.replace("\n", "");
                    default -> text;
                };
            }
            return with == Flaw.ROUNDS_NUMBERS && value instanceof Double number ? Math.floor(number) : value;
        }

        @Override
        public Optional<Event> unacceptable(Event sample) {
            return Optional.of(new Event(
                    sample.id(),
                    sample.timeMillis(),
                    sample.timeNanos(),
                    sample.context(),
                    new Custom(FlawedSink.UNACCEPTABLE, Map.of())));
        }

        @Override
        public Optional<Peer> peer() {
            return Optional.of(store);
        }

        @Override
        public Duration patience() {
            return Duration.ofMillis(1500);
        }

        @Override
        public Duration closeBound() {
            return Duration.ofMillis(1500);
        }

        @Override
        public void close() {
            store.restore();
        }
    }

    private record Factory(Flaw with, RemoteStore store) implements SinkFactory {
        @Override
        public String name() {
            return with == Flaw.BAD_NAME ? "Flawed Sink" : "flawed";
        }

        @Override
        public boolean isConfigured(WebWatchConfig config) {
            return true;
        }

        @Override
        public void validate(WebWatchConfig config) {
            if (with == Flaw.REFUSES_ITS_CONFIGURATION) {
                throw new ConfigurationException("webwatch.flawed", "x", "is wrong", "Correct it.");
            }
        }

        @Override
        public Sink create(SinkContext context) {
            return new FlawedSink(with, store);
        }
    }
}
