package io.webwatch.spring;

import io.webwatch.WebWatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A small web application that runs on a free port, and a client for it. */
final class RunningApplication implements AutoCloseable {
    static final String BROWSER =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    /** Excludes the auto-configurations of Spring Security in both versions of Boot, which ignore unknown names. */
    static final String WITHOUT_SECURITY = "--spring.autoconfigure.exclude="
            + String.join(
                    ",",
                    "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration",
                    "org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration",
                    "org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration",
                    "org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration");

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    private RunningApplication(ConfigurableApplicationContext context) {
        this.context = context;
        this.port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    static RunningApplication start(Path dataDirectory, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("--server.port=0", "--server.address=127.0.0.1", "--webwatch.data-directory=" + dataDirectory));
        all.addAll(List.of(arguments));
        return new RunningApplication(SpringApplication.run(Pages.class, all.toArray(String[]::new)));
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    WebWatch webWatch() {
        return context.getBean(WebWatch.class);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return client.send(request(path, headers).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<java.io.InputStream> open(String path, String... headers) throws IOException, InterruptedException {
        return client.send(request(path, headers).GET().build(), BodyHandlers.ofInputStream());
    }

    HttpResponse<String> post(String path, String contentType, String body, String... headers)
            throws IOException, InterruptedException {
        return client.send(
                request(path, headers)
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Sends what the tracker sends when a page has loaded. */
    HttpResponse<String> postPageView(String pageView, String... headers) throws IOException, InterruptedException {
        String batch = "{\"v\":1,\"p\":\"%s\",\"u\":\"%s\",\"e\":[{\"t\":\"page_view\",\"n\":0,\"o\":0}]}"
                .formatted(pageView, uri("/items/7"));
        return post("/webwatch/events", "text/plain;charset=UTF-8", batch, headers);
    }

    static String[] basic(String user, String password) {
        String credentials = user + ':' + password;
        return new String[] {
            "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))
        };
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).header("User-Agent", BROWSER).header("Accept", "text/html,*/*");
        return headers.length == 0 ? request : request.headers(headers);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        context.close();
    }

    /** An application with a page and a form. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Pages {
        @Bean
        ItemController itemController() {
            return new ItemController();
        }

        @Bean
        @ConditionalOnProperty("test.fake-sink")
        FakeSink fakeSink() {
            return new FakeSink();
        }
    }

    @RestController
    static class ItemController {
        @GetMapping(path = "/items/{id}", produces = MediaType.TEXT_HTML_VALUE)
        String item(@PathVariable("id") int id) {
            return "<!DOCTYPE html><html><head><title>Item</title></head><body>" + id + "</body></html>";
        }

        @PostMapping("/items")
        Map<String, String> add() {
            return Map.of("state", "added");
        }
    }
}
