package io.webwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.event.Custom;
import io.webwatch.event.EventData;
import io.webwatch.event.Hover;
import io.webwatch.event.Session;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BatchRoundTripTest {
    private static final WireContext CONTEXT = new WireContext(
            "0123456789abcdef", "https://shop.example/", null, null, null, null, null, 0, 0, 0, 0, 0, null, null, null);

    private final BatchDecoder decoder = new BatchDecoder();

    @Property(tries = 1000)
    void batch_isReadBackEqual(@ForAll long seed) throws MalformedBatchException {
        WireBatch batch = new Batches(seed).batch();
        byte[] body = BatchEncoder.encode(batch);

        assertThat(decoder.decode(body, 0, body.length)).isEqualTo(batch);
    }

    @Property(tries = 300)
    void anyText_isReadBackWellFormed(@ForAll String text) throws MalformedBatchException {
        Custom data = new Custom("x", Map.of(text, text));
        byte[] body = BatchEncoder.encode(new WireBatch(CONTEXT, List.of(new WireEvent(1, 0, data)), 0));

        Custom decoded =
                (Custom) decoder.decode(body, 0, body.length).events().get(0).data();

        String wellFormed = new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
        assertThat(decoded.properties()).isEqualTo(Map.of(cut(wellFormed, 64), cut(wellFormed, 512)));
    }

    @Property(tries = 300)
    void anyTitle_isCutAtACodePoint(@ForAll String text) throws MalformedBatchException {
        String title = "x".repeat(505) + text;
        WireContext context = new WireContext(
                CONTEXT.pageView(), CONTEXT.url(), null, title, null, null, null, 0, 0, 0, 0, 0, null, null, null);
        EventData data = new Hover("x", 1);
        byte[] body = BatchEncoder.encode(new WireBatch(context, List.of(new WireEvent(1, 0, data)), 0));

        String wellFormed = new String(title.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
        assertThat(decoder.decode(body, 0, body.length).context().title()).isEqualTo(cut(wellFormed, 512));
    }

    @Test
    void sessionData_isRefused() {
        EventData session = new Session(true, 1, 1, 1, 1, null, null, true);

        assertThatThrownBy(() -> BatchEncoder.encode(new WireBatch(CONTEXT, List.of(new WireEvent(1, 0, session)), 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("session");
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }
}
