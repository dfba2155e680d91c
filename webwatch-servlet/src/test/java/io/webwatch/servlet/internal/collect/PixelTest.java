package io.webwatch.servlet.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.event.DropReason;
import io.webwatch.event.PageView;
import io.webwatch.servlet.testing.TestServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PixelTest {
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertSeen(String path) {
        await().untilAsserted(() -> assertThat(server.store().events())
                .singleElement()
                .satisfies(event -> {
                    assertThat(((PageView) event.data()).kind()).isEqualTo(PageView.Kind.NOSCRIPT);
                    assertThat(event.context().page().path()).isEqualTo(path);
                }));
    }

    private static void assertGif(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("image/gif");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body()).startsWith('G', 'I', 'F', '8', '9', 'a').endsWith(0x3b);
    }

    @Test
    void pageAddress_isTheParameter() {
        assertGif(server.bytes("/webwatch/pixel.gif?u=http%3A%2F%2Fshop.example%2Fa&r=https%3A%2F%2Fnews.example%2F"));
        assertSeen("/a");
    }

    @Test
    void pageAddress_defaultsToTheReferer() {
        assertGif(server.bytes("/webwatch/pixel.gif", "Referer", "http://shop.example/b?secret=1"));
        assertSeen("/b");
    }

    @Test
    void missingPageAddress_isCountedAndAnsweredWithTheImage() {
        assertGif(server.bytes("/webwatch/pixel.gif"));
        assertGif(server.bytes("/webwatch/pixel.gif?u=javascript:alert(1)"));
        assertThat(server.webWatch().status().dropped()).containsEntry(DropReason.MALFORMED, 2L);
        assertThat(server.webWatch().status().accepted()).isZero();
    }

    @Test
    void otherOrigin_isDropped() {
        assertGif(server.bytes("/webwatch/pixel.gif?u=http://shop.example/", "Origin", "https://evil.example"));
        assertThat(server.webWatch().status().dropped()).containsEntry(DropReason.ORIGIN, 1L);
        assertThat(server.webWatch().status().accepted()).isZero();
    }

    @Test
    void head_isNotCountedAsAPageView() {
        assertThat(server.send("HEAD", "/webwatch/pixel.gif?u=http://shop.example/", null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.send("POST", "/webwatch/pixel.gif?u=http://shop.example/", null)
                        .statusCode())
                .isEqualTo(405);
        assertThat(server.webWatch().status().accepted()).isZero();
    }
}
