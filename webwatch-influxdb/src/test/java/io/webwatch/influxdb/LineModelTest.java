package io.webwatch.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.test.AttributeMap;
import io.webwatch.test.SampleEvents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the hand-written line encoder against the event model: it leaves out no attribute. */
class LineModelTest {
    /** Attributes that are part of every line, but not as a tag or field of their name. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "type", "the measurement",
            "time_ns", "the time of the point",
            "time", "the time of the point, and the field time_ms where it differs",
            "route", "the tag page");

    /** Attributes that lines of mouse movements leave out, because there can be 200 lines for one event. */
    private static final Set<String> NOT_OF_MOVEMENTS = Set.of(
            "browser",
            "browser_version",
            "bot",
            "channel",
            "city",
            "country",
            "host",
            "language",
            "os",
            "os_version",
            "referrer",
            "region",
            "screen_height",
            "screen_width",
            "time_zone",
            "title",
            "utm_campaign",
            "utm_content",
            "utm_medium",
            "utm_source",
            "utm_term",
            "viewport_height",
            "viewport_width");

    @ParameterizedTest
    @EnumSource
    void event_withEveryAttribute_hasEachInItsLines(EventType type) {
        Event event = SampleEvents.of(1, type, "text");
        List<ParsedLine> lines = lines(event);

        Map<String, Object> missing = attributes(event);
        missing.keySet().removeAll(ELSEWHERE.keySet());
        lines.forEach(line -> {
            missing.keySet().removeAll(line.tags().keySet());
            missing.keySet().removeAll(line.fields().keySet());
        });

        assertThat(missing.keySet()).isEqualTo(type == EventType.MOUSE_MOVE ? NOT_OF_MOVEMENTS : Set.of());
    }

    @ParameterizedTest
    @EnumSource
    void event_hasTheValuesOfItsAttributes(EventType type) {
        Event event = SampleEvents.of(1, type, "text");
        List<ParsedLine> lines = lines(event);

        attributes(event)
                .forEach((name, value) -> lines.forEach(line -> {
                    if (line.tags().containsKey(name)) {
                        assertThat(line.tags()).as(name).containsEntry(name, value.toString());
                    } else if (line.fields().containsKey(name)
                            && type != EventType.MOUSE_MOVE
                            && !(value instanceof List)) {
                        assertThat(line.fields()).as(name).containsEntry(name, field(name, value));
                    }
                }));
    }

    private static List<ParsedLine> lines(Event event) {
        LineEncoder encoder = new LineEncoder(5_000);
        encoder.encode(List.of(event));
        return ParsedLine.all(encoder).stream()
                .filter(line -> !line.measurement().equals("scroll_depths"))
                .toList();
    }

    /** Returns the attributes by the names that they have in a line. */
    private static Map<String, Object> attributes(Event event) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        AttributeMap.of(event).forEach((name, value) -> {
            if (name.equals("box")) {
                members(value).forEach((member, inner) -> attributes.put("box_" + member, inner));
            } else if (name.equals("cells")) {
                ((List<?>) value).forEach(cell -> members(cell).forEach(attributes::put));
            } else if (name.equals("props")) {
                members(value).forEach((member, inner) -> attributes.put(prefix(inner) + member, inner));
            } else {
                attributes.put(name, value);
            }
        });
        return attributes;
    }

    private static Map<String, Object> members(Object object) {
        return ((Map<?, ?>) object)
                .entrySet().stream().collect(Collectors.toMap(entry -> (String) entry.getKey(), Map.Entry::getValue));
    }

    private static String prefix(Object property) {
        return property instanceof String ? "text_" : property instanceof Boolean ? "flag_" : "num_";
    }

    private static String field(String name, Object value) {
        if (value instanceof Long && !name.startsWith("num_")) { // numbers of the application are always floats
            return value + "i";
        }
        return value instanceof String text ? "\"" + text + "\"" : value.toString();
    }
}
