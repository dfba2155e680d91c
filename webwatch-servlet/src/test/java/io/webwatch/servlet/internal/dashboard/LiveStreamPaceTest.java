package io.webwatch.servlet.internal.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.webwatch.fixture.ManualTime;
import io.webwatch.live.LiveSnapshot;
import io.webwatch.servlet.internal.http.AsyncAnswer;
import io.webwatch.servlet.internal.http.Reply;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests when a live stream sends what, and when it gives up. */
class LiveStreamPaceTest {
    private final ManualTime time = new ManualTime();
    private final Client client = new Client();
    private final AsyncContext context = mock(AsyncContext.class);
    private final List<LiveStream> ended = new ArrayList<>();
    private LiveStream stream;

    @BeforeEach
    void begin() {
        HttpServletRequest request = mock(HttpServletRequest.class);
        HttpServletResponse response = mock(HttpServletResponse.class);
        when(request.startAsync(request, response)).thenReturn(context);
        AsyncAnswer answer = AsyncAnswer.start(request, response, Duration.ZERO, Reply.PREPARED);
        stream = new LiveStream(answer, client, time, ended::add);
        stream.begin(key(0), bytes("0;"));
        stream.onWritePossible();
        assertThat(client.received()).isEqualTo("0;");
    }

    private static LiveSnapshot key(int visitors) {
        LiveSnapshot.Totals totals = new LiveSnapshot.Totals(0, 0, 0, 0, 0, 0);
        return new LiveSnapshot(0, 0, visitors, 0, totals, List.of(), List.of(), List.of(), Map.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void tick(int visitors) {
        stream.tick(key(visitors), bytes(visitors + ";"), bytes("beat;"));
    }

    @Test
    void unchangedFigures_areNotSent() {
        tick(0);
        tick(1);
        tick(1);
        tick(2);
        assertThat(client.received()).isEqualTo("0;1;2;");
    }

    @Test
    void silence_isFilledWithAHeartbeatAfter15Seconds() {
        time.advance(Duration.ofSeconds(15));
        tick(0);
        assertThat(client.received()).isEqualTo("0;");
        time.advance(Duration.ofMillis(1));
        tick(0);
        tick(0);
        assertThat(client.received()).isEqualTo("0;beat;");
    }

    @Test
    void slowClient_getsTheNewestFiguresOnly() {
        client.ready = false;
        tick(1);
        tick(2);
        tick(3);
        client.ready = true;
        stream.onWritePossible();
        assertThat(client.received()).isEqualTo("0;3;");
        assertThat(ended).isEmpty();
    }

    @Test
    void clientThatTakesNothingFor20Seconds_isDisconnected() {
        client.ready = false;
        tick(1);
        time.advance(Duration.ofSeconds(20));
        tick(2);
        assertThat(ended).isEmpty();
        time.advance(Duration.ofMillis(1));
        tick(3);
        assertThat(ended).containsOnly(stream);
        verify(context).complete();
    }

    @Test
    void end_sendsTheLastMessageIfTheClientCanTakeIt() {
        stream.end(bytes("bye;"));
        stream.end(bytes("bye;"));
        assertThat(client.received()).isEqualTo("0;bye;");
        assertThat(ended).containsOnly(stream);
        verify(context).complete();
    }

    /** A client that takes bytes while it is ready. */
    private static final class Client extends ServletOutputStream {
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private boolean ready = true;

        String received() {
            return received.toString(StandardCharsets.US_ASCII);
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // the test calls the stream itself
        }

        @Override
        public void write(int b) {
            received.write(b);
        }
    }
}
