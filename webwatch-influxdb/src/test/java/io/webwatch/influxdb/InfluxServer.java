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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * InfluxDB 1.6 behind nginx, which translates writes of the v2 API as InfluxDB 1.8 does. Both are only reachable from this
 * machine and keep their files in one directory.
 */
public final class InfluxServer implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable InfluxServer shared;

    private final Path directory;
    private final int influxPort = Ports.free();
    private final int proxyPort = Ports.free();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ForkedServer proxy;
    private ForkedServer influx;

    InfluxServer(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        Files.writeString(directory.resolve("influxdb.conf"), """
                reporting-disabled = true
                bind-address = "127.0.0.1:%d"
                [meta]
                dir = "%2$s/meta"
                [data]
                dir = "%2$s/data"
                wal-dir = "%2$s/wal"
                query-log-enabled = false
                [http]
                bind-address = "127.0.0.1:%3$d"
                log-enabled = false
                [monitor]
                store-enabled = false
                [logging]
                level = "warn"
                """.formatted(Ports.free(), directory, influxPort));
        Files.writeString(directory.resolve("nginx.conf"), nginx());
        influx = startInflux();
        proxy = new ForkedServer(
                "nginx",
                directory.resolve("nginx.log"),
                List.of(
                        ForkedServer.program("nginx", "nginx-light"),
                        "-p",
                        directory.toString(),
                        "-e",
                        directory.resolve("nginx-error.log").toString(),
                        "-c",
                        directory.resolve("nginx.conf").toString()));
        Ports.awaitOpen(influxPort, influx);
        Ports.awaitOpen(proxyPort, proxy);
    }

    /** Returns the server that all tests share, except those that stop one. */
    public static synchronized InfluxServer shared() throws IOException {
        if (shared == null) {
            shared = new InfluxServer(Files.createTempDirectory("webwatch-influxdb"));
            InfluxServer server = shared;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                Directories.delete(server.directory);
            }));
        }
        return shared;
    }

    private String nginx() {
        return """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    client_max_body_size 32m;
                    proxy_buffer_size 64k;
                    proxy_buffers 8 64k;
                    proxy_busy_buffers_size 128k;
                    upstream influx { server 127.0.0.1:%2$d; keepalive 4; }
                    map $arg_precision $precision { default $arg_precision; "" n; ns n; us u; }
                    server {
                        listen 127.0.0.1:%3$d;
                        location = /api/v2/write {
                            rewrite ^ /write?db=$arg_bucket&precision=$precision? break;
                            proxy_pass http://influx;
                            proxy_http_version 1.1;
                            proxy_set_header Connection "";
                            proxy_set_header Authorization "";
                        }
                        location /behind/a/path/ { proxy_pass http://127.0.0.1:%3$d/; }
                        location / { proxy_pass http://influx; }
                    }
                }
                """.formatted(directory, influxPort, proxyPort);
    }

    private ForkedServer startInflux() throws IOException {
        return new ForkedServer(
                "influxd",
                directory.resolve("influxd.log"),
                List.of(
                        ForkedServer.program("influxd", "influxdb"),
                        "run",
                        "-config",
                        directory.resolve("influxdb.conf").toString()));
    }

    /** Returns the address of the v2 write API. */
    public String url() {
        return "http://127.0.0.1:" + proxyPort;
    }

    int port() {
        return proxyPort;
    }

    /** Creates an empty database and returns its name. */
    public String createDatabase() throws Exception {
        String name = "db" + DATABASES.incrementAndGet();
        statement("CREATE DATABASE " + name);
        return name;
    }

    /** Kills InfluxDB, but not the proxy. */
    void kill() {
        influx.kill();
    }

    /** Starts InfluxDB again with the same files. */
    void restart() throws IOException {
        influx = startInflux();
        Ports.awaitOpen(influxPort, influx);
    }

    void statement(String statement) throws Exception {
        execute("q=" + encoded(statement));
    }

    /** Writes lines without the sink, and returns the status of the response. */
    int write(String database, String lines) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + influxPort + "/write?precision=n&db=" + database))
                .POST(HttpRequest.BodyPublishers.ofString(lines))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Returns the rows of all series of an InfluxQL query, with columns and tags by name and times in nanoseconds. */
    public List<Map<String, JsonElement>> query(String database, String query) throws Exception {
        List<Map<String, JsonElement>> rows = new ArrayList<>();
        JsonObject result = execute("epoch=ns&db=" + database + "&q=" + encoded(query));
        if (!result.has("series")) {
            return rows;
        }
        for (JsonElement element : result.getAsJsonArray("series")) {
            JsonObject series = element.getAsJsonObject();
            JsonArray columns = series.getAsJsonArray("columns");
            for (JsonElement values : series.getAsJsonArray("values")) {
                Map<String, JsonElement> row = new LinkedHashMap<>();
                if (series.has("tags")) {
                    series.getAsJsonObject("tags").entrySet().forEach(tag -> row.put(tag.getKey(), tag.getValue()));
                }
                for (int i = 0; i < columns.size(); i++) {
                    JsonElement value = values.getAsJsonArray().get(i);
                    if (!value.isJsonNull()) {
                        row.put(columns.get(i).getAsString(), value);
                    }
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Returns the number in the first row of a query, or 0 if there are no rows. */
    public long number(String database, String query, String column) throws Exception {
        List<Map<String, JsonElement>> rows = query(database, query);
        return rows.isEmpty() ? 0 : rows.get(0).get(column).getAsLong();
    }

    private JsonObject execute(String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + influxPort + "/query"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        JsonObject body = JsonParser.parseString(response.body()).getAsJsonObject();
        if (response.statusCode() != 200) {
            throw new IllegalStateException("InfluxDB responded " + response.statusCode() + ": " + body);
        }
        JsonObject result = body.getAsJsonArray("results").get(0).getAsJsonObject();
        if (result.has("error")) {
            throw new IllegalStateException("InfluxDB: " + result.get("error").getAsString());
        }
        return result;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        proxy.close();
        influx.close();
    }
}
