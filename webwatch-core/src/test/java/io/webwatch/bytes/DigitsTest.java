package io.webwatch.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DigitsTest {
    private static String written(long value) {
        byte[] target = new byte[3 + Digits.ROOM];
        int end = Digits.put(value, target, 3);
        return new String(target, 3, end - 3, StandardCharsets.US_ASCII);
    }

    @Property
    void anyNumber_isWhatJavaWrites(@ForAll long value, @ForAll @IntRange(max = 63) int shift) {
        assertThat(written(value >> shift)).isEqualTo(Long.toString(value >> shift));
    }

    @Test
    void aroundEveryPowerOfTen_isWhatJavaWrites() {
        LongStream.iterate(1, power -> power * 10)
                .limit(19)
                .flatMap(power -> LongStream.of(power - 1, power, power + 1, -power - 1, -power, 1 - power))
                .forEach(value -> assertThat(written(value)).isEqualTo(Long.toString(value)));
        assertThat(written(Long.MAX_VALUE)).isEqualTo(Long.toString(Long.MAX_VALUE));
        assertThat(written(Long.MIN_VALUE)).isEqualTo(Long.toString(Long.MIN_VALUE));
    }
}
