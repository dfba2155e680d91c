package io.webwatch.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.config.Property;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.test.SampleEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares {@code docs/influxdb.md} with the sink. */
class DocumentationTest {
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| (\\w+) \\|", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private static String documentation() throws IOException {
        return Files.readString(Path.of("..", "docs", "influxdb.md"));
    }

    /** Returns names and types of tags and fields by measurement. */
    private static Map<String, Map<String, String>> documented() throws IOException {
        Map<String, Map<String, String>> measurements = new TreeMap<>();
        List<Map<String, String>> common = new ArrayList<>();
        List<List<String>> without = new ArrayList<>();
        String points = documentation().split("\n## Points", 2)[1].split("\n## Time", 2)[0];
        for (String section : points.split("\n### ")) {
            String heading = section.lines().findFirst().orElse("");
            List<String> names =
                    NAME.matcher(heading).results().map(name -> name.group(1)).toList();
            Map<String, String> table = new TreeMap<>();
            ROW.matcher(section).results().forEach(row -> table.put(row.group(1), row.group(2)));
            if (heading.startsWith("`")) {
                names.forEach(name -> measurements.put(name, new TreeMap<>(table)));
            } else if (!table.isEmpty()) {
                common.add(table);
                without.add(names);
            }
        }
        for (int i = 0; i < common.size(); i++) {
            Map<String, String> table = common.get(i);
            List<String> excepted = without.get(i);
            measurements.forEach((name, all) -> {
                if (!excepted.contains(name)) {
                    all.putAll(table);
                }
            });
        }
        return measurements;
    }

    private static Map<String, Map<String, String>> encoded() {
        List<Event> events = new ArrayList<>();
        for (EventType type : EventType.values()) {
            Event event = SampleEvents.of(events.size(), type, "text");
            events.add(new Event(event.id(), event.timeMillis() - 1, event.timeNanos(), event.context(), event.data()));
        }
        LineEncoder encoder = new LineEncoder(100);
        encoder.encode(events);
        Map<String, Map<String, String>> measurements = new TreeMap<>();
        for (ParsedLine line : ParsedLine.all(encoder)) {
            Map<String, String> all = measurements.computeIfAbsent(line.measurement(), name -> new TreeMap<>());
            line.tags().keySet().forEach(tag -> all.put(tag, "tag"));
            line.fields()
                    .forEach((name, value) ->
                            all.put(name.replaceFirst("^(num|text|flag)_.*", "$1_NAME"), ParsedLine.type(value)));
        }
        return measurements;
    }

    @Test
    void measurements_haveTheDocumentedTagsAndFields() throws IOException {
        assertThat(encoded()).isEqualTo(documented());
    }

    @Test
    void properties_haveTheDocumentedDefaults() throws IOException {
        List<Property<?>> properties = WebWatchProperties.all().stream()
                .filter(property -> property.name().startsWith("webwatch.influxdb."))
                .collect(Collectors.toList());
        assertThat(properties).contains(WebWatchProperties.INFLUXDB_URL, WebWatchProperties.INFLUXDB_BUCKET);
        for (Property<?> property : properties) {
            String shown = property.defaultText() == null ? "" : "`" + property.defaultText() + "` ";
            assertThat(documentation()).contains("| `" + property.name() + "` | " + shown + "|");
        }
    }

    @Test
    void queries_returnRowsFromARealServer() throws Exception {
        InfluxServer server = InfluxServer.shared();
        String database = server.createDatabase();
        try (SinkFixture sink = new SinkFixture(server.url(), database)) {
            assertThat(sink.write(ExampleVisit.events()).isWritten()).isTrue();
        }
        Matcher queries = Pattern.compile("```sql\n(.*?)\n```", Pattern.DOTALL).matcher(documentation());
        int count = 0;
        for (; queries.find(); count++) {
            assertThat(server.query(database, queries.group(1)))
                    .as(queries.group(1))
                    .isNotEmpty();
        }
        assertThat(count).isGreaterThanOrEqualTo(10);
    }
}
