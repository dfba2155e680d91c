package io.webwatch;

import io.webwatch.event.EventData;
import io.webwatch.event.RandomIds;
import io.webwatch.intake.ClientFacts;
import io.webwatch.wire.WireContext;
import io.webwatch.wire.WireEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events of the application's own for one visitor. Made by {@link WebWatch#forVisitor}. Thread-safe; every
 * method returns at once, and whether the buffer had room.
 */
public final class ApplicationEvents {
    private final WebWatch webwatch;
    private final ClientFacts client;
    private final String url;
    private final String pageView = RandomIds.next();
    private final AtomicLong sequence = new AtomicLong();

    ApplicationEvents(WebWatch webwatch, ClientFacts client, String url) {
        this.webwatch = webwatch;
        this.client = client;
        this.url = url;
    }

    /** Publishes a custom event without properties. */
    public boolean event(String name) {
        return event(name, Map.of());
    }

    /**
     * Publishes a custom event.
     *
     * @param properties at most 32 of type String, Boolean or Number
     * @throws IllegalArgumentException for properties beyond that
     */
    public boolean event(String name, Map<String, Object> properties) {
        return publish(new EventData.Custom(name, properties), null);
    }

    /** Publishes a page view of this address, for pages that the tracker cannot be on. */
    public boolean pageView(@Nullable String title) {
        return publish(new EventData.PageView(EventData.PageViewKind.LOAD, null), title);
    }

    private boolean publish(EventData data, @Nullable String title) {
        WireContext context = WebWatch.context(pageView, url, null, title);
        return webwatch.publish(context, List.of(new WireEvent(sequence.getAndIncrement(), 0, data)), client, 0, 256)
                .isAccepted();
    }
}
