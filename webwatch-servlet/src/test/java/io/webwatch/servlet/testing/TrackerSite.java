package io.webwatch.servlet.testing;

import io.webwatch.event.Event;
import io.webwatch.json.EventJson;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * A website with WebWatch for the tracker's browser tests. Its arguments are properties in the form {@code name=value}.
 *
 * <ul>
 *   <li>{@code PUT} creates a page or file, which is served with the {@code Content-Security-Policy} of that request.
 *   <li>{@code GET /test/events} lists the events that have arrived.
 *   <li>{@code POST /test/answers} sets how the collector answers its next requests: a comma-separated list of statuses,
 *       or of delays in milliseconds from 1000.
 * </ul>
 */
public final class TrackerSite {
    private static final Map<String, Resource> RESOURCES = new ConcurrentHashMap<>();
    private static final Queue<Integer> ANSWERS = new ConcurrentLinkedQueue<>();
    private static volatile MemoryStore store;

    private record Resource(String type, byte[] bytes, String policy) {}

    private TrackerSite() {}

    /** Runs the site until its standard input is closed. */
    public static void main(String[] properties) throws IOException {
        TestServer.Builder builder =
                TestServer.builder().page("/*", TrackerSite::serve).context(TrackerSite::answers);
        for (String property : properties) {
            builder.property(property.split("=", 2)[0], property.split("=", 2)[1]);
        }
        try (TestServer server = builder.start()) {
            store = server.store();
            System.out.println("ready " + server.port());
            System.out.flush();
            while (System.in.read() >= 0) {
                // runs until the test process closes the other end
            }
        }
    }

    private static void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        if (request.getMethod().equals("PUT")) {
            RESOURCES.put(
                    path,
                    new Resource(
                            request.getContentType(),
                            request.getInputStream().readAllBytes(),
                            request.getHeader("Content-Security-Policy")));
        } else if (path.equals("/test/events")) {
            response.setContentType("application/json;charset=utf-8");
            response.getWriter()
                    .write(store.events().stream().map(TrackerSite::json).collect(Collectors.joining(",", "[", "]")));
        } else if (path.equals("/test/answers")) {
            ANSWERS.clear();
            Arrays.stream(new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split(","))
                    .filter(status -> !status.isEmpty())
                    .forEach(status -> ANSWERS.add(Integer.valueOf(status)));
        } else {
            send(RESOURCES.get(path), request, response);
        }
    }

    private static String json(Event event) {
        return new String(EventJson.bytes(event), StandardCharsets.UTF_8);
    }

    private static void send(Resource resource, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (resource == null) {
            response.sendError(404);
            return;
        }
        response.setContentType(resource.type);
        if (resource.policy != null) {
            response.setHeader("Content-Security-Policy", resource.policy);
        }
        String range = request.getHeader("Range");
        int from = 0;
        int to = resource.bytes.length;
        if (range != null) {
            String[] ends = range.substring("bytes=".length()).split("-", 2);
            from = Integer.parseInt(ends[0]);
            to = ends[1].isEmpty() ? to : Math.min(to, Integer.parseInt(ends[1]) + 1);
            response.setStatus(206);
            response.setHeader("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + resource.bytes.length);
        }
        response.setHeader("Accept-Ranges", "bytes");
        response.setContentLength(to - from);
        response.getOutputStream().write(resource.bytes, from, to - from);
    }

    /** Adds a filter ahead of WebWatch's filter that makes the collector fail or answer late. */
    private static void answers(Context context) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("answers");
        definition.setFilter(new HttpFilter() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws IOException, ServletException {
                Integer answer = request.getRequestURI().endsWith("/events")
                                && request.getMethod().equals("POST")
                        ? ANSWERS.poll()
                        : null;
                if (answer != null && answer < 1000 && answer != 204) {
                    response.setStatus(answer);
                    return;
                }
                if (answer != null && answer >= 1000) {
                    pause(answer);
                }
                chain.doFilter(request, response);
            }
        });
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName("answers");
        map.addURLPattern("/*");
        context.addFilterMapBefore(map);
    }

    private static void pause(int millis) {
        try {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
