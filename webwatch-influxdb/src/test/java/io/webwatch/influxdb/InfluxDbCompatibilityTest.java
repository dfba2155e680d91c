package io.webwatch.influxdb;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.sink.SinkFactory;
import io.webwatch.test.sink.Peer;
import io.webwatch.test.sink.SinkCompatibilityKit;
import io.webwatch.test.sink.SinkHarness;
import io.webwatch.test.sink.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sink passes the tests for all sinks, with a real InfluxDB. */
class InfluxDbCompatibilityTest extends SinkCompatibilityKit {
    @Override
    protected SinkHarness harness(Path directory) throws Exception {
        InfluxServer server = InfluxServer.shared();
        return new Harness(server, server.createDatabase(), new TcpProxy(server.port()));
    }

    private record Harness(InfluxServer server, String database, TcpProxy proxy) implements SinkHarness {
        @Override
        public SinkFactory factory() {
            return new InfluxDbSinkFactory();
        }

        @Override
        public WebWatchConfig config() {
            return WebWatchConfig.builder()
                    .set(WebWatchProperties.INFLUXDB_URL, "http://127.0.0.1:" + proxy.port())
                    .set(WebWatchProperties.INFLUXDB_BUCKET, database)
                    .set(WebWatchProperties.INFLUXDB_TIMEOUT, Duration.ofSeconds(3))
                    .build();
        }

        @Override
        public List<String> stored(List<Event> candidates) throws Exception {
            List<String> ids = new ArrayList<>();
            for (EventType type : EventType.values()) {
                String query = "SELECT id FROM " + Measurements.name(type)
                        + (type == EventType.MOUSE_MOVE ? " WHERE cell = '2:3'" : ""); // one of its two points
                server.query(database, query)
                        .forEach(row -> ids.add(row.get("id").getAsString()));
            }
            return ids;
        }

        /** Events are stored by time. */
        @Override
        public boolean keepsOrder() {
            return false;
        }

        @Override
        public Map<String, ?> attributes(Event event) throws Exception {
            Map<String, JsonElement> row = server.query(
                            database,
                            "SELECT * FROM " + Measurements.name(event.type()) + " WHERE time = " + event.timeNanos())
                    .get(0);
            Map<String, Object> attributes = new HashMap<>();
            row.forEach((name, value) -> {
                String attribute = name.replaceFirst("_exact$", "");
                if (!row.containsKey(name + "_exact") && !name.equals("time")) {
                    attributes.put(attribute.equals("page") ? "route" : attribute, value(value.getAsJsonPrimitive()));
                }
            });
            attributes
                    .keySet()
                    .removeIf(name -> name.matches("(box|num|text|flag)_.*|fields|props|cell|column|row|dwell_ms"));
            return attributes;
        }

        private static Object value(JsonPrimitive value) {
            if (value.isBoolean()) {
                return value.getAsBoolean();
            }
            return value.isNumber() ? (Object) value.getAsDouble() : value.getAsString();
        }

        /** Returns the event with a time that is outside of InfluxDB's range. */
        @Override
        public Optional<Event> unacceptable(Event sample) {
            return Optional.of(
                    new Event(sample.id(), sample.timeMillis(), Long.MAX_VALUE, sample.context(), sample.data()));
        }

        @Override
        public Optional<Peer> peer() {
            return Optional.of(proxy);
        }

        @Override
        public void close() {
            proxy.close();
        }
    }
}
