package io.webwatch.influxdb;

import io.webwatch.event.Custom;
import io.webwatch.event.Engagement;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventData;
import io.webwatch.event.MouseMove;
import io.webwatch.event.Session;
import io.webwatch.event.WebVital;
import io.webwatch.test.PlainEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A recent visit with the events that the example queries of the documentation select. */
final class ExampleVisit {
    private ExampleVisit() {}

    static List<Event> events() {
        long time = System.currentTimeMillis() - 1000;
        EventContext context = PlainEvents.context("v", "p", "/products");
        List<EventData> all = List.of(
                PlainEvents.pageView(),
                new Engagement(4000, 5000, 0, 60),
                new Session(false, 9000, 4000, 1, 5, "/products", "/products", true),
                PlainEvents.click("#buy"),
                new MouseMove(20, 1200, 4000, false, List.of(new MouseMove.Cell(3, 4, 250))),
                new WebVital("LCP", 1234.5, "good"),
                new Custom("invoice_paid", Map.of("amount", 12.5)));
        List<Event> events = new ArrayList<>();
        for (EventData data : all) {
            events.add(PlainEvents.event(events.size(), time, context, data));
        }
        return events;
    }
}
