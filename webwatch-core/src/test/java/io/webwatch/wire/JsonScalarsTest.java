package io.webwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScalarsTest {
    @Property(tries = 1000)
    void decimal_isTheNearestDouble(@ForAll long unscaled, @ForAll @IntRange(max = 20) int scale)
            throws MalformedBatchException {
        String text = BigDecimal.valueOf(unscaled, scale).toPlainString();

        assertThat(decimal(text)).isEqualTo(Double.parseDouble(text));
    }

    @Property(tries = 1000)
    void shortDecimal_isTheNearestDouble(
            @ForAll @IntRange(min = -9_999_999, max = 9_999_999) int unscaled, @ForAll @IntRange(max = 9) int scale)
            throws MalformedBatchException {
        String text = BigDecimal.valueOf(unscaled, scale).toPlainString();

        assertThat(decimal(text)).isEqualTo(Double.parseDouble(text));
    }

    @Property(tries = 1000)
    void anyDouble_isReadExactly(@ForAll long bits) throws MalformedBatchException {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            assertThat(Double.doubleToLongBits(decimal(Double.toString(value))))
                    .isEqualTo(Double.doubleToLongBits(value));
        }
    }

    @Property(tries = 1000)
    void anyLong_isReadExactly(@ForAll long value) throws MalformedBatchException {
        JsonCursor in = cursor(Long.toString(value));

        assertThat(in.number()).isTrue();
        assertThat(in.longValue()).isEqualTo(value);
        assertThat(in.peek()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "99999999999999999999999", "-0.0", "1e0"})
    void whatIsNoLong_isADouble(String text) throws MalformedBatchException {
        assertThat(decimal(text)).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "00", "01", "-01", "1.", "1.e1", "1e", "1e+", "1E-", "-.5", "1.5e", "1..5"})
    void whatJsonCallsNoNumber_isRefused(String text) {
        assertThatThrownBy(() -> {
                    JsonCursor in = cursor(text);
                    in.number();
                    in.finish();
                })
                .isInstanceOf(MalformedBatchException.class);
    }

    private static double decimal(String text) throws MalformedBatchException {
        JsonCursor in = cursor(text);
        double value = in.number() ? in.longValue() : in.doubleValue();
        assertThat(in.peek()).isEqualTo(-1);
        return value;
    }

    private static JsonCursor cursor(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new JsonCursor(bytes, 0, bytes.length, new TextCache());
    }
}
