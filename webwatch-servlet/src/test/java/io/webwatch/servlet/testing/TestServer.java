package io.webwatch.servlet.testing;

import io.webwatch.WebWatch;
import io.webwatch.config.PropertySources;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.servlet.DashboardAccess;
import io.webwatch.servlet.DashboardServlet;
import io.webwatch.servlet.WebWatchFilter;
import io.webwatch.servlet.WebWatchServletContainerInitializer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Runs WebWatch in a Tomcat on a free port of the loopback interface, set up as an application would do it. */
public final class TestServer implements AutoCloseable {
    /** The password of the dashboard. */
    public static final String PASSWORD = "open-sesame";

    /** A page of the application. */
    public interface Page {
        /** Answers a request. */
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    /** Kept in a field because the log manager references loggers weakly and forgets the level of a collected one. */
    private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

    static {
        TOMCAT_LOG.setLevel(Level.SEVERE);
    }

    private final Tomcat tomcat = new Tomcat();
    private final Path folder;
    private final WebWatch webWatch;
    private final MemoryStore store;
    private final String contextPath;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestServer(Builder builder) throws IOException, LifecycleException {
        folder = Files.createTempDirectory("webwatch-servlet");
        store = builder.store;
        contextPath = builder.contextPath;
        Map<String, String> properties = new HashMap<>(builder.properties);
        properties.putIfAbsent("webwatch.data-directory", folder.resolve("data").toString());
        properties.putIfAbsent("webwatch.dashboard.password", PASSWORD);
        properties.putIfAbsent("webwatch.batch.linger", "5ms");
        WebWatchConfig config = builder.container
                ? WebWatchConfig.defaults()
                : WebWatchConfig.builder()
                        .source(PropertySources.of(properties))
                        .build();
        webWatch = builder.container
                ? null
                : WebWatch.builder().config(config).sink(store).start();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext(contextPath, folder.toString());
        if (builder.container) {
            properties.forEach(context::addParameter);
            context.addServletContainerInitializer(new WebWatchServletContainerInitializer(), null);
        } else {
            filter(context, "webwatch", new WebWatchFilter(webWatch), "REQUEST", "ASYNC", "ERROR");
            Wrapper dashboard = Tomcat.addServlet(
                    context,
                    "webwatch",
                    new DashboardServlet(
                            webWatch, builder.access == null ? DashboardAccess.basic(config) : builder.access));
            dashboard.setAsyncSupported(true);
            context.addServletMappingDecoded(config.get(WebWatchProperties.PATH) + "/*", "webwatch");
        }
        builder.pages.forEach((pattern, page) -> page(context, pattern, page));
        builder.customizers.forEach(customizer -> customizer.accept(context));
        tomcat.start();
    }

    private static void page(Context context, String pattern, Page page) {
        Wrapper wrapper = Tomcat.addServlet(context, pattern, new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws IOException, ServletException {
                page.answer(request, response);
            }
        });
        wrapper.setAsyncSupported(true);
        context.addServletMappingDecoded(pattern, pattern);
    }

    /** Maps a filter to every path. */
    public static void filter(Context context, String name, Filter filter, String... dispatchers) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName(name);
        map.addURLPattern("/*");
        for (String dispatcher : dispatchers) {
            map.setDispatcher(DispatcherType.valueOf(dispatcher).name());
        }
        context.addFilterMap(map);
    }

    /** Returns a builder for a server without pages. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a server without pages.
     *
     * @param properties names and values in turn
     */
    public static TestServer start(String... properties) {
        Builder builder = builder();
        for (int i = 0; i < properties.length; i += 2) {
            builder.property(properties[i], properties[i + 1]);
        }
        return builder.start();
    }

    /** Returns the running WebWatch, which only exists if the test started it. */
    public WebWatch webWatch() {
        return webWatch;
    }

    /** Returns the sink that records the events. */
    public MemoryStore store() {
        return store;
    }

    /** Returns the port that Tomcat listens on. */
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** Returns the absolute address of a path of the application. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + contextPath + path);
    }

    /** Gets a resource as text. */
    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** Sends a batch to the collector as a browser's beacon does. */
    public HttpResponse<String> post(String body, String... headers) {
        return post(body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public HttpResponse<String> post(byte[] body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (!all.contains("Content-Type")) {
            all.addAll(List.of("Content-Type", "text/plain;charset=UTF-8"));
        }
        return send("POST", "/webwatch/events", body, all.toArray(String[]::new));
    }

    /** Sends a request with any method. */
    public HttpResponse<String> send(String method, String path, byte[] body, String... headers) {
        return send(request(method, path, body, headers), BodyHandlers.ofString());
    }

    /** Gets a resource as bytes. */
    public HttpResponse<byte[]> bytes(String path, String... headers) {
        return send(request("GET", path, null, headers), BodyHandlers.ofByteArray());
    }

    /** Gets a resource whose body the test reads as it arrives. */
    public HttpResponse<InputStream> stream(String path, String... headers) {
        return send(request("GET", path, null, headers), BodyHandlers.ofInputStream());
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    /** Sends text over a new connection without changing it, and reads until the server closes the connection. */
    public String raw(String text) {
        return raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public String raw(byte[] bytes) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns an {@code Authorization} header of HTTP Basic. */
    public static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the headers that sign in to the dashboard, followed by the given ones. */
    public static String[] signedIn(String... more) {
        List<String> headers = new ArrayList<>(List.of("Authorization", basic("webwatch", PASSWORD)));
        headers.addAll(List.of(more));
        return headers.toArray(String[]::new);
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
            if (webWatch != null) {
                webWatch.close();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Collects the parts of the application. */
    public static final class Builder {
        private final Map<String, String> properties = new LinkedHashMap<>();
        private final Map<String, Page> pages = new LinkedHashMap<>();
        private final List<Consumer<Context>> customizers = new ArrayList<>();
        private final MemoryStore store = new MemoryStore();
        private String contextPath = "";
        private boolean container;
        private DashboardAccess access;

        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        public Builder contextPath(String value) {
            contextPath = value;
            return this;
        }

        public Builder page(String pattern, Page page) {
            pages.put(pattern, page);
            return this;
        }

        public Builder errorPage(int status, String location) {
            return context(context -> {
                ErrorPage page = new ErrorPage();
                page.setErrorCode(status);
                page.setLocation(location);
                context.addErrorPage(page);
            });
        }

        public Builder context(Consumer<Context> customizer) {
            customizers.add(customizer);
            return this;
        }

        public Builder answers(MemoryStore.Answers answers) {
            store.answers(answers);
            return this;
        }

        public Builder access(DashboardAccess value) {
            access = value;
            return this;
        }

        /** Leaves it to the servlet container initializer to start WebWatch. */
        public Builder startedByContainer() {
            container = true;
            return this;
        }

        public TestServer start() {
            try {
                return new TestServer(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (LifecycleException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
