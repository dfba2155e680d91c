package io.webwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextCacheTest {
    private final BatchDecoder decoder = new BatchDecoder();

    @Test
    void text_thatComesAgain_isTheSameString() throws MalformedBatchException {
        Set<String> copies = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
        for (int i = 0; i < 10; i++) {
            copies.add(title("Lamp 17 - Lysverk"));
            copies.add(title("Lampe på 17 \u0001 \uD83D\uDCA1"));
        }
        assertThat(copies)
                .as("both are remembered when they come for the second time")
                .hasSize(4);
    }

    @Test
    void texts_thatDifferAnywhere_areToldApart() throws MalformedBatchException {
        byte[] template =
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".getBytes(StandardCharsets.US_ASCII);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < template.length; i++) {
                byte[] changed = template.clone();
                changed[i] = '!';
                String text = new String(changed, StandardCharsets.US_ASCII);
                assertThat(title(text)).isEqualTo(text);
                assertThat(title(text.substring(0, i))).isEqualTo(i == 0 ? null : text.substring(0, i));
            }
        }
    }

    @Test
    void rememberedText_isStillCutAtTheLimitOfItsKey() throws MalformedBatchException {
        String text = "é".repeat(50);
        for (int i = 0; i < 3; i++) {
            assertThat(title(text)).isEqualTo(text);
            assertThat(decode("\"t\":\"x\",\"l\":\"" + text + "\"").language()).isEqualTo("é".repeat(35));
        }
    }

    @Test
    void brokenText_isRefusedHoweverOftenItsBeginningCame() throws MalformedBatchException {
        for (int i = 0; i < 3; i++) {
            title("pl\u00e6n \\\" x");
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> decode("\"t\":\"\\x\""))
                    .isInstanceOf(MalformedBatchException.class);
        }
    }

    @Test
    void manyTexts_areReadRight() throws MalformedBatchException {
        Random random = new Random(7);
        Set<String> few = new HashSet<>();
        while (few.size() < 5_000) {
            few.add(random.ints(random.nextInt(1, 140), 'a', 'e')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
        }
        for (int round = 0; round < 3; round++) {
            for (String text : few) {
                assertThat(title(text)).isEqualTo(text);
            }
        }
    }

    private String title(String text) throws MalformedBatchException {
        return decode("\"t\":\"" + text.replace("\u0001", "\\u0001") + "\"").title();
    }

    private WireContext decode(String keys) throws MalformedBatchException {
        byte[] body = ("{\"v\":1,\"p\":\"0123456789abcdef\",\"u\":\"https://a.example/\"," + keys
                        + ",\"e\":[{\"t\":\"page_view\",\"n\":0}]}")
                .getBytes(StandardCharsets.UTF_8);
        return decoder.decode(body, 0, body.length).context();
    }
}
