package io.webwatch.spring;

import static io.webwatch.spring.RunningApplication.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.event.Event;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.web.SecurityFilterChain;

/** The starter with the default configuration of Spring Security: all requests need a login, and POST a CSRF token. */
class StarterSecurityTest {
    private static final String[] ADA = {
        "--spring.security.user.name=ada",
        "--spring.security.user.password=engine",
        "--spring.security.user.roles=ADMIN"
    };
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    @TempDir
    private Path data;

    @Test
    void dashboard_isLockedWithTheRemedyWithoutARole() throws Exception {
        try (RunningApplication app = start()) {
            HttpResponse<String> locked = app.get("/webwatch/", basic("ada", "engine"));

            assertThat(locked.statusCode()).isEqualTo(403);
            assertThat(locked.body()).contains("webwatch.dashboard.role");
            assertThat(app.get("/webwatch/api/status", basic("ada", "engine")).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void dashboard_opensForTheRole() throws Exception {
        try (RunningApplication app = start("--webwatch.dashboard.role=ADMIN")) {
            assertThat(app.get("/webwatch/api/status", basic("ada", "engine")).statusCode())
                    .isEqualTo(200);
            assertThat(app.get("/webwatch/api/status").headers().firstValue("Location"))
                    .hasValueSatisfying(login -> assertThat(login).endsWith("/login"));
        }
    }

    @Test
    void dashboard_remainsLockedForAnotherRole() throws Exception {
        try (RunningApplication app = start("--webwatch.dashboard.role=ANALYST")) {
            assertThat(app.get("/webwatch/api/status", basic("ada", "engine")).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void publicEndpoints_needNeitherLoginNorCsrfToken() throws Exception {
        try (RunningApplication app = start()) {
            // For comparison: Spring Security lets a GET of the application through, and refuses its POST.
            assertThat(app.get("/items/7", basic("ada", "engine")).statusCode()).isEqualTo(200);
            assertThat(app.post("/items", "text/plain", "", basic("ada", "engine"))
                            .statusCode())
                    .isNotEqualTo(200);

            assertThat(app.postPageView("starterPageView000003").statusCode()).isEqualTo(204);
            assertThat(app.get("/webwatch/ww.js").statusCode()).isEqualTo(200);
            assertThat(app.get("/webwatch/pixel.gif", "Referer", "http://127.0.0.1/items/7")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void page_behindTheLogin_containsTheTracker() throws Exception {
        try (RunningApplication app = start()) {
            assertThat(app.get("/items/7", basic("ada", "engine")).body()).contains("webwatch/ww.js");
        }
    }

    @Test
    void securityFilterChain_isNotContributed() {
        try (RunningApplication app = start()) {
            assertThat(app.context().getBeansOfType(SecurityFilterChain.class).keySet())
                    .noneMatch(name -> name.toLowerCase().contains("webwatch"));
        }
    }

    @Test
    void signedInUser_isInTheEventWithUserIdentity() throws Exception {
        try (RunningApplication app = start("--webwatch.privacy.identity=user")) {
            String session = signIn(app);

            app.postPageView("starterPageView000004", "Cookie", session);

            assertThat(only(app).context().user()).isEqualTo("ada");
        }
    }

    @Test
    void signedInUser_isNotInTheEventByDefault() throws Exception {
        try (RunningApplication app = start()) {
            String session = signIn(app);

            app.postPageView("starterPageView000005", "Cookie", session);

            assertThat(only(app).context().user()).isNull();
        }
    }

    private RunningApplication start(String... arguments) {
        String[] all = java.util.stream.Stream.concat(java.util.Arrays.stream(ADA), java.util.Arrays.stream(arguments))
                .toArray(String[]::new);
        return RunningApplication.start(data, all);
    }

    private static Event only(RunningApplication app) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !app.webWatch().live().snapshot().recent().isEmpty());
        List<Event> pageViews = app.webWatch().live().snapshot().recent().stream()
                .filter(event -> event.type().id().equals("page_view"))
                .toList();
        assertThat(pageViews).hasSize(1);
        return pageViews.get(0);
    }

    private static String signIn(RunningApplication app) throws Exception {
        HttpResponse<String> form = app.get("/login");
        Matcher token = CSRF.matcher(form.body());
        assertThat(token.find()).as("a CSRF token in the login form").isTrue();
        HttpResponse<String> signedIn = app.post(
                "/login",
                "application/x-www-form-urlencoded",
                "username=ada&password=engine&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8),
                "Cookie",
                cookie(form));
        assertThat(signedIn.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).doesNotContain("error"));
        return cookie(signedIn);
    }

    private static String cookie(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Set-Cookie")
                .map(value -> value.substring(0, value.indexOf(';')))
                .orElseThrow();
    }
}
