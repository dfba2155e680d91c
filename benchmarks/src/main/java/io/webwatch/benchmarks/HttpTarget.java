package io.webwatch.benchmarks;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.config.WebWatchProperties.DeliveryMode;
import io.webwatch.servlet.WebWatchFilter;
import io.webwatch.sink.EventBatch;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * A server for load tests: an embedded Tomcat with an empty servlet that reads the body and responds 204, with or without
 * WebWatch's filter. Arguments: {@code empty | noop | duckdb | durable | slow} and a port. With {@code durable}, responses
 * are sent when the events are on disk; with {@code slow}, the sink accepts at most {@value #SLOW_EVENTS} events per second.
 */
public final class HttpTarget {
    private static final int SLOW_EVENTS = 2_000;

    private HttpTarget() {}

    /** Starts the server and runs until the process is ended. */
    public static void main(String[] arguments) throws Exception {
        String mode = arguments[0];
        Path directory = Files.createTempDirectory("webwatch-load");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(Integer.parseInt(arguments[1]));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "empty", new EmptyServlet());
        context.addServletMappingDecoded("/*", "empty");
        if (!mode.equals("empty")) {
            WebWatch webwatch = start(mode, directory);
            addFilter(context, webwatch);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() ->
                            System.out.println("DROPPED " + webwatch.drops().snapshot())));
        }
        tomcat.start();
        System.out.println("READY");
        tomcat.getServer().await();
    }

    private static WebWatch start(String mode, Path directory) {
        WebWatchConfig config = WebWatchConfig.builder()
                .set(WebWatchProperties.DATA_DIRECTORY, directory.resolve("data"))
                .set(WebWatchProperties.COLLECTOR_RATE_LIMIT, 0)
                .set(WebWatchProperties.SINKS, List.of(mode.equals("duckdb") ? "duckdb" : BenchmarkSink.NAME))
                .set(WebWatchProperties.DELIVERY, mode.equals("durable") ? DeliveryMode.DURABLE : DeliveryMode.FAST)
                .build();
        return WebWatch.builder()
                .config(config)
                .sink(mode.equals("slow") ? new SlowSink() : new BenchmarkSink())
                .start();
    }

    private static void addFilter(Context context, WebWatch webwatch) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("webwatch");
        definition.setFilter(new WebWatchFilter(webwatch));
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName("webwatch");
        map.addURLPatternDecoded("/*");
        context.addFilterMap(map);
    }

    /** The peer, which does what any servlet must do for such a request. */
    private static final class EmptyServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] buffer = new byte[8_192];
            try (InputStream in = request.getInputStream()) {
                while (in.read(buffer) >= 0) {
                    continue;
                }
            }
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
    }

    /** Delays each batch, so that events arrive faster than they are accepted. */
    private static final class SlowSink extends BenchmarkSink {
        @Override
        void received(EventBatch batch) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(batch.size()) / SLOW_EVENTS);
        }
    }
}
