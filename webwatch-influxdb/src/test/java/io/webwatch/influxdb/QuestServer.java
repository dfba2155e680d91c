package io.webwatch.influxdb;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.webwatch.fixture.Directories;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** QuestDB, which has its own implementation of the v2 write API. */
final class QuestServer implements AutoCloseable {
    private static @Nullable QuestServer shared;

    private final int port = Ports.free();
    private final ForkedServer server;
    private final Path directory;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    QuestServer(Path directory) throws IOException {
        this.directory = directory;
        Path conf = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(conf.resolve("server.conf"), """
                http.bind.to=127.0.0.1:%d
                http.min.enabled=false
                pg.enabled=false
                line.tcp.enabled=false
                line.udp.enabled=false
                telemetry.enabled=false
                shared.worker.count=1
                cairo.writer.data.append.page.size=64K
                cairo.wal.writer.data.append.page.size=64K
                cairo.system.writer.data.append.page.size=64K
                cairo.system.wal.writer.data.append.page.size=64K
                cairo.writer.data.index.key.append.page.size=64K
                cairo.writer.data.index.value.append.page.size=64K
                cairo.wal.inactive.writer.ttl=10s
                """.formatted(port));
        String jar = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(path -> path.contains("questdb"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("questdb is not on the class path of the tests."));
        server = new ForkedServer(
                "QuestDB",
                directory.resolve("questdb.log"),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-p",
                        jar,
                        "-m",
                        "io.questdb/io.questdb.ServerMain",
                        "-d",
                        directory.toString()));
        Ports.awaitOpen(port, server);
    }

    /** Returns the server that all tests share. */
    static synchronized QuestServer shared() throws IOException {
        if (shared == null) {
            shared = new QuestServer(Files.createTempDirectory("webwatch-questdb"));
            QuestServer started = shared;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                started.close();
                Directories.delete(started.directory);
            }));
        }
        return shared;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Returns the rows of an SQL query, with the columns that are not null by name. */
    List<Map<String, JsonElement>> query(String sql) throws Exception {
        JsonObject body = execute(sql);
        JsonArray columns = body.getAsJsonArray("columns");
        List<Map<String, JsonElement>> rows = new ArrayList<>();
        for (JsonElement values : body.getAsJsonArray("dataset")) {
            Map<String, JsonElement> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                JsonElement value = values.getAsJsonArray().get(i);
                if (!value.isJsonNull()) {
                    row.put(columns.get(i).getAsJsonObject().get("name").getAsString(), value);
                }
            }
            rows.add(row);
        }
        return rows;
    }

    void statement(String sql) throws Exception {
        execute(sql);
    }

    private JsonObject execute(String sql) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url() + "/exec?query=" + URLEncoder.encode(sql, StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("QuestDB responded " + response.statusCode() + ": " + response.body());
        }
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    @Override
    public void close() {
        server.close();
    }
}
