package io.webwatch.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineBufferTest {
    private static String written(Consumer<LineBuffer> writer) {
        LineBuffer buffer = new LineBuffer(1);
        writer.accept(buffer);
        return new String(buffer.array(), 0, buffer.size(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                9,
                10,
                99,
                100,
                12_345,
                -1,
                -10,
                999_999_999_999_999L,
                1_000_000_000_000_000L,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                Long.MIN_VALUE + 1
            })
    void number_isFormattedAsInJava(long value) {
        assertThat(written(buffer -> buffer.number(value))).isEqualTo(Long.toString(value));
    }

    @Test
    void number_ofAnyLength_isFormattedAsInJava() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            assertThat(written(buffer -> buffer.number(value))).isEqualTo(Long.toString(value));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "-1, -1",
        "0.5, 0.5",
        "-0.5, -0.5",
        "12.5, 12.5",
        "0.0421, 0.0421",
        "1.005, 1.005",
        "1234.699999988079, 1234.699999988079",
        "-100.01, -100.01",
        "1e15, 1000000000000000"
    })
    void decimal_isShort(double value, String expected) {
        assertThat(written(buffer -> buffer.decimal(value))).isEqualTo(expected);
    }

    @Test
    void decimal_readsBackAsTheSame() {
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            double value = switch (i % 4) {
                case 0 -> Double.longBitsToDouble(random.nextLong());
                case 1 -> random.nextInt() / 1000.0;
                case 2 -> random.nextLong() / 1e6;
                default -> random.nextGaussian();
            };
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(written(buffer -> buffer.decimal(value))))
                        .isEqualTo(value == 0 ? 0.0 : value);
            }
        }
    }

    @Test
    void text_isUtf8() {
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(20); j > 0; j--) {
                int point = random.nextInt(1 << (7 + random.nextInt(14)));
                if (Character.isValidCodePoint(point) && (point < 0xd800 || point > 0xdfff)) {
                    text.appendCodePoint(point);
                }
            }
            String expected = text.toString().replace("\\", "\\\\").replace("\"", "\\\"");
            assertThat(written(buffer -> buffer.quoted(text.toString()))).isEqualTo('"' + expected + '"');
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "a\ude00b", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
    void loneSurrogate_becomesTheReplacementCharacter(String text) {
        String expected =
                text.replaceAll("(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])", "\ufffd");

        assertThat(written(buffer -> buffer.unquoted(text))).isEqualTo(expected).contains("\ufffd");
    }

    @Test
    void unquoted_escapesSeparators() {
        assertThat(written(buffer -> buffer.unquoted("a,b c=d\\e\"f"))).isEqualTo("a\\,b\\ c\\=d\\e\"f");
    }

    @Test
    void json_isEscapedTwice() {
        assertThat(written(buffer -> buffer.quotedJson("a\"b\\c\nd\u00e9\ud83d\ude00")))
                .isEqualTo("\\\"a\\\\\\\"b\\\\\\\\c\\\\u000ad\u00e9\ud83d\ude00\\\"");
    }
}
