package io.webwatch;

import io.webwatch.event.Custom;
import io.webwatch.event.EventData;
import io.webwatch.event.PageView;
import io.webwatch.event.RandomIds;
import io.webwatch.intake.Intake;
import io.webwatch.request.ClientFacts;
import io.webwatch.wire.WireContext;
import io.webwatch.wire.WireEvent;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the application's own events for one visitor and one page. Created by {@link WebWatch#forVisitor}.
 * Thread-safe. Every method returns immediately.
 */
public final class ApplicationEvents {
    private final Intake intake;
    private final ClientFacts client;
    private final WireContext page;
    private final AtomicLong sequence = new AtomicLong();

    ApplicationEvents(Intake intake, ClientFacts client, String url) {
        this.intake = intake;
        this.client = client;
        this.page = Intake.pageContext(RandomIds.next(), url, null, null);
    }

    /**
     * Publishes a custom event without properties.
     *
     * @return whether the event was accepted; if not, it was counted as dropped
     */
    public boolean event(String name) {
        return event(name, Map.of());
    }

    /**
     * Publishes a custom event.
     *
     * @param properties at most 32 properties, with values of type String, Boolean or Number
     * @return whether the event was accepted; if not, it was counted as dropped
     * @throws IllegalArgumentException if the properties exceed these limits
     */
    public boolean event(String name, Map<String, Object> properties) {
        return publish(page, new Custom(name, properties));
    }

    /**
     * Publishes a page view, for pages that cannot load the tracker.
     *
     * @param title title of the page, or null
     * @return whether the event was accepted; if not, it was counted as dropped
     */
    public boolean pageView(@Nullable String title) {
        return publish(
                Intake.pageContext(page.pageView(), page.url(), null, title), new PageView(PageView.Kind.LOAD, null));
    }

    private boolean publish(WireContext context, EventData data) {
        return intake.accept(context, new WireEvent(sequence.getAndIncrement(), 0, data), client)
                .isAccepted();
    }
}
