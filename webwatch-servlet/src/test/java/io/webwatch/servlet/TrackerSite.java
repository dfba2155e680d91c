package io.webwatch.servlet;

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
 * A website for the browser tests of the tracker, with all of WebWatch in it. A page or file is put to its address with
 * {@code PUT}, and served under the {@code Content-Security-Policy} of that request; {@code GET /test/events} lists what has arrived; {@code POST /test/answers} gives statuses (or delays in
 * milliseconds, from 1000) for the next requests to the collector. Arguments are properties, {@code name=value}.
 */
public final class TrackerSite {
    private static final Map<String, Resource> RESOURCES = new ConcurrentHashMap<>();
    private static final Queue<Integer> ANSWERS = new ConcurrentLinkedQueue<>();
    private static volatile MemoryStore store;

    private record Resource(String type, byte[] bytes, String policy) {}

    private TrackerSite() {}

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
                // Runs until the test ends, which closes the other end.
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

    /** Before WebWatch's own filter: a collector that fails, or takes its time. */
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
