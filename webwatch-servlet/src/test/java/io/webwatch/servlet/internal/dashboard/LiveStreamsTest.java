package io.webwatch.servlet.internal.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.fixture.FailingTime;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveStreamsTest {
    @TempDir
    Path directory;

    @Test
    void tickThatFails_doesNotEndTheUpdates() throws Exception {
        FailingTime time = new FailingTime();
        WebWatchConfig config = WebWatchConfig.builder()
                .set("webwatch.data-directory", directory.toString())
                .build();
        try (WebWatch webWatch = WebWatch.builder().config(config).clock(time).start()) {
            LiveStreams streams = new LiveStreams(webWatch);
            open(streams);
            time.failOnce(Thread.currentThread().getName(), "LiveView", new OutOfMemoryError("Java heap space"));
            streams.tick();
            streams.tick();
            streams.close();

            assertThat(time.hasFailed()).isTrue();
            assertThat(webWatch.threadFailures()).containsEntry("webwatch-live-streams", 1L);
            assertThat(webWatch.status().warnings())
                    .contains("The thread webwatch-live-streams failed 1 time since start: java.lang.OutOfMemoryError:"
                            + " Java heap space. The live streams of the dashboard are updated again 500 ms later.");
        }
    }

    private static void open(LiveStreams streams) throws Exception {
        HttpServletRequest request = mock(HttpServletRequest.class);
        HttpServletResponse response = mock(HttpServletResponse.class);
        when(request.isAsyncSupported()).thenReturn(true);
        when(request.getMethod()).thenReturn("GET");
        when(request.startAsync(request, response)).thenReturn(mock(AsyncContext.class));
        when(response.getOutputStream()).thenReturn(mock(ServletOutputStream.class));
        streams.open(request, response);
    }
}
