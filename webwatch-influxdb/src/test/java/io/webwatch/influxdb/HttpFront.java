package io.webwatch.influxdb;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server in front of the real one, like a gateway: it answers some requests itself and forwards the others
 * unchanged. Thread-safe.
 */
final class HttpFront implements AutoCloseable {
    private record Refusal(int status, String retryAfter) {}

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int target;
    private Refusal refusal = new Refusal(503, ""); // guarded by this
    private int refusals; // guarded by this
    private final Map<Integer, Long> answered = new ConcurrentHashMap<>();
    private volatile int limit = Integer.MAX_VALUE;
    private volatile String disliked = "";
    private volatile int dislikedStatus;
    private volatile int lastBodySize;
    private volatile String lastQuery = "";
    private volatile Headers lastHeaders = new Headers();
    private volatile long lastRefusedNanos;
    private volatile long firstPassedNanos;

    HttpFront(int targetPort) throws IOException {
        target = targetPort;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(executor);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers the next requests with the given status. */
    synchronized void refuse(int times, int status, String retryAfter) {
        refusals = times;
        refusal = new Refusal(status, retryAfter);
    }

    private synchronized @Nullable Refusal nextRefusal() {
        if (refusals == 0) {
            return null;
        }
        refusals--;
        return refusal;
    }

    /** Answers 413 to larger bodies. */
    void limitBody(int bytes) {
        limit = bytes;
    }

    /** Answers with the given status to bodies that contain the text. */
    void dislike(String text, int status) {
        dislikedStatus = status;
        disliked = text;
    }

    private boolean dislikes(byte[] body) throws IOException {
        if (disliked.isEmpty()) {
            return false;
        }
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8).contains(disliked);
        }
    }

    /** Returns the query string of the last request. */
    String lastQuery() {
        return lastQuery;
    }

    /** Returns the size in bytes of the last request's body, as received. */
    int lastBodySize() {
        return lastBodySize;
    }

    /** Returns a header of the last request, or null. */
    @Nullable
    String lastHeader(String name) {
        return lastHeaders.getFirst(name);
    }

    /** Returns how many requests it answered itself with the given status. */
    long answered(int status) {
        return answered.getOrDefault(status, 0L);
    }

    /** Returns the time from the last refusal to the next forwarded request. */
    long nanosAfterTheLastRefusal() {
        return firstPassedNanos - lastRefusedNanos;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            lastBodySize = body.length;
            lastQuery = exchange.getRequestURI().getRawQuery();
            lastHeaders = exchange.getRequestHeaders();
            Refusal own = nextRefusal();
            if (own != null) {
                lastRefusedNanos = System.nanoTime();
                firstPassedNanos = 0;
                exchange.getResponseHeaders().set("Retry-After", own.retryAfter());
                answer(exchange, own.status());
            } else if (body.length > limit) {
                answer(exchange, 413);
            } else if (dislikes(body)) {
                answer(exchange, dislikedStatus);
            } else {
                firstPassedNanos = firstPassedNanos == 0 ? System.nanoTime() : firstPassedNanos;
                pass(exchange, body);
            }
        }
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        answered.merge(status, 1L, Long::sum);
        exchange.sendResponseHeaders(status, -1);
    }

    private void pass(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + target + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
        if (encoding != null) {
            request.header("Content-Encoding", encoding);
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
