package io.webwatch.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.WebWatch;
import io.webwatch.servlet.testing.Batches;
import io.webwatch.servlet.testing.TestServer;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.Test;

class ContainerInitializerTest {
    private static final TestServer.Page PAGE = (request, response) -> {
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().write("<html><head></head><body></body></html>");
    };

    private static TestServer.Builder application() {
        return TestServer.builder().startedByContainer().page("/page", PAGE);
    }

    @Test
    void initializer_isFoundByContainers() {
        assertThat(ServiceLoader.load(ServletContainerInitializer.class))
                .hasAtLeastOneElementOfType(WebWatchServletContainerInitializer.class);
    }

    @Test
    void application_isTrackedWithoutConfiguration() {
        try (TestServer server = application().contextPath("/shop").start()) {
            assertThat(server.get("/page", "Accept", "text/html").body()).contains("src=\"webwatch/ww.js?v=");
            assertThat(server.get("/webwatch/ww.js").statusCode()).isEqualTo(200);
            assertThat(server.post(Batches.pageView()).statusCode()).isEqualTo(204);
            assertThat(server.get("/webwatch/").statusCode()).isEqualTo(401);
            assertThat(server.get("/webwatch/api/status", TestServer.signedIn()).body())
                    .contains("\"accepted\":1");
        }
    }

    @Test
    void webWatch_isAnAttributeOfTheContext_andIsClosedWithIt() {
        AtomicReference<ServletContext> context = new AtomicReference<>();
        TestServer server = application()
                .page("/context", (request, response) -> context.set(request.getServletContext()))
                .start();
        server.get("/context");
        WebWatch webWatch = (WebWatch) context.get().getAttribute("io.webwatch.WebWatch");
        assertThat(webWatch.event("while running")).isTrue();
        server.close();
        assertThat(webWatch.event("after the stop")).isFalse();
    }

    @Test
    void disabled_registersNothing() {
        try (TestServer server =
                application().property("webwatch.enabled", "false").start()) {
            assertThat(server.get("/page", "Accept", "text/html").body()).doesNotContain("ww.js");
            assertThat(server.get("/webwatch/ww.js").statusCode()).isEqualTo(404);
            assertThat(server.get("/webwatch/").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void wrongValue_failsTheStartOfTheApplication() {
        AtomicReference<Context> context = new AtomicReference<>();
        try (TestServer server = application()
                .property("webwatch.buffer.capacity", "0")
                .context(context::set)
                .start()) {
            assertThat(context.get().getState()).isNotEqualTo(LifecycleState.STARTED);
            assertThat(server.get("/page").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void unknownProperty_isLoggedOnce() {
        PrintStream original = System.err; // where slf4j-simple logs
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            application().property("webwatch.batch.lingering", "1s").start().close();
        } finally {
            System.setErr(original);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).containsOnlyOnce("webwatch.batch.lingering");
    }

    @Test
    void declaredFilter_isNotRegisteredAgain_andItsParametersApply() {
        try (TestServer server = application()
                .context(context -> {
                    FilterDef definition = new FilterDef();
                    definition.setFilterName("analytics");
                    definition.setFilterClass(WebWatchFilter.class.getName());
                    definition.setAsyncSupported("true");
                    definition.addInitParameter("webwatch.path", "/stats");
                    definition.addInitParameter("site", "declared");
                    context.addFilterDef(definition);
                    FilterMap map = new FilterMap();
                    map.setFilterName("analytics");
                    map.addURLPattern("/*");
                    context.addFilterMap(map);
                })
                .start()) {
            assertThat(server.get("/page", "Accept", "text/html").body())
                    .containsOnlyOnce("ww.js")
                    .contains("src=\"stats/ww.js?v=", "data-site=\"declared\"");
            assertThat(server.get("/stats/").statusCode()).isEqualTo(401);
            assertThat(server.get("/webwatch/ww.js").statusCode()).isEqualTo(404);
        }
    }
}
