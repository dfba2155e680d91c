package io.webwatch.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomPropertiesTest {
    @Test
    void numbers_becomeLongsOrDoubles() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("byte", (byte) 1);
        given.put("short", (short) 2);
        given.put("int", 3);
        given.put("long", 4L);
        given.put("float", 5.5f);
        given.put("decimal", new BigDecimal("6.25"));

        assertThat(custom(given).properties().values()).containsExactly(1L, 2L, 3L, 4L, 5.5, 6.25);
    }

    @Test
    void properties_keepTheirOrder() {
        Map<String, Object> given = new LinkedHashMap<>();
        for (int i = 32; i > 0; i--) {
            given.put("k" + i, i);
        }

        assertThat(new ArrayList<>(custom(given).properties().keySet())).isEqualTo(new ArrayList<>(given.keySet()));
    }

    @Test
    void properties_areACopyThatCannotBeChanged() {
        Map<String, Object> given = new HashMap<>(Map.of("a", 1L));
        Custom custom = custom(given);
        given.put("b", 2L);

        assertThat(custom.properties()).isEqualTo(Map.of("a", 1L));
        assertThatThrownBy(() -> custom.properties().put("c", 3L)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void thirtyThreeProperties_areRefused() {
        Map<String, Object> given = new HashMap<>();
        for (int i = 0; i < 33; i++) {
            given.put("k" + i, i);
        }

        assertThatThrownBy(() -> custom(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A custom event has at most 32 properties, got 33.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numberThatIsNotFinite_isRefused(double value) {
        assertThatThrownBy(() -> custom(Map.of("price", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'price'");
    }

    @Test
    void nestedValue_isRefused() {
        assertThatThrownBy(() -> custom(Map.of("tags", List.of("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'tags'");
    }

    @Test
    void nullValue_isRefused() {
        Map<String, Object> given = new HashMap<>();
        given.put("plan", null);

        assertThatThrownBy(() -> custom(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'plan'");
    }

    private static Custom custom(Map<String, Object> properties) {
        return new Custom("signup", properties);
    }
}
