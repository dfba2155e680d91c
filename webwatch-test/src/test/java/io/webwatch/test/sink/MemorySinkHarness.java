package io.webwatch.test.sink;

import io.webwatch.event.Event;
import io.webwatch.sink.SinkFactory;
import io.webwatch.test.AttributeMap;
import io.webwatch.test.MemorySink;
import java.util.List;
import java.util.Map;

/** The harness of the memory sink. */
final class MemorySinkHarness implements SinkHarness {
    private final MemorySink sink = new MemorySink();

    @Override
    public SinkFactory factory() {
        return sink;
    }

    @Override
    public List<String> stored(List<Event> candidates) {
        return sink.events().all().stream().map(event -> event.id().toString()).toList();
    }

    @Override
    public Map<String, ?> attributes(Event event) {
        return sink.events().all().stream()
                .filter(stored -> stored.id().equals(event.id()))
                .findFirst()
                .map(AttributeMap::of)
                .orElseThrow();
    }
}
