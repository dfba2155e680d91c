package io.webwatch.influxdb;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The organizations and buckets of InfluxDB's v2 API, in memory, as its reference describes them. Discards what is written.
 * Replaces a server for which there is no Debian package.
 */
final class BucketApi implements AutoCloseable {
    private final HttpServer server;
    private final List<String> requests = new ArrayList<>();
    private final JsonArray buckets = new JsonArray();
    private int refusal;

    BucketApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Responds to further requests about buckets with the given status; 0 for the real answer. */
    synchronized void refuse(int status) {
        refusal = status;
    }

    synchronized void addBucket(String name, long everySeconds) {
        buckets.add(JsonParser.parseString("{\"id\":\"0a0b\",\"orgID\":\"org1\",\"name\":\"" + name
                + "\",\"retentionRules\":[{\"type\":\"expire\",\"everySeconds\":" + everySeconds + "}]}"));
    }

    /** Returns methods and paths of all requests. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Returns the retention of the only bucket in seconds. */
    synchronized long retention() {
        JsonObject bucket = buckets.get(0).getAsJsonObject();
        return bucket.getAsJsonArray("retentionRules")
                .get(0)
                .getAsJsonObject()
                .get("everySeconds")
                .getAsLong();
    }

    synchronized int size() {
        return buckets.size();
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            String request = exchange.getRequestMethod() + " " + path;
            requests.add(request);
            if (path.equals("/api/v2/write")) {
                exchange.sendResponseHeaders(204, -1);
            } else if (refusal != 0) {
                answer(exchange, refusal, "{\"code\":\"any\",\"message\":\"not now\"}");
            } else {
                answer(exchange, request.startsWith("POST") ? 201 : 200, about(request, body, exchange));
            }
        }
    }

    private String about(String request, String body, HttpExchange exchange) {
        if (request.equals("GET /api/v2/orgs")) {
            return "{\"orgs\":[{\"id\":\"org0\",\"name\":\"other\"},{\"id\":\"org1\",\"name\":\"my-org\"}]}";
        }
        if (request.equals("GET /api/v2/buckets")) {
            JsonArray found = new JsonArray();
            for (JsonElement bucket : buckets) {
                String name = bucket.getAsJsonObject().get("name").getAsString();
                if (exchange.getRequestURI().getQuery().contains("name=" + name)) {
                    found.add(bucket);
                }
            }
            JsonObject answer = new JsonObject();
            answer.add("buckets", found);
            return answer.toString();
        }
        JsonObject sent = JsonParser.parseString(body).getAsJsonObject();
        if (request.equals("POST /api/v2/buckets")) {
            sent.addProperty("id", "0a0c");
            buckets.add(sent);
            return sent.toString();
        }
        JsonObject bucket = buckets.get(0).getAsJsonObject();
        bucket.add("retentionRules", sent.get("retentionRules"));
        return bucket.toString();
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
