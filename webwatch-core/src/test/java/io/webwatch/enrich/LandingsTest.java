package io.webwatch.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class LandingsTest {
    private static final Set<String> ALLOWED = Set.of("utm_source", "page");
    private final Landings landings = new Landings(ALLOWED);

    @Test
    void landing_ofManyAddresses_isTheSameAsWithoutTheCache() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++) {
                String url = "https://shop.example/products/" + i + "?utm_source=s" + i % 7 + "&x=" + i;
                String referrer = i % 3 == 0 ? null : "https://www.google.com/" + i % 11;
                assertThat(landings.of(url, referrer)).isEqualTo(Landing.of(url, referrer, ALLOWED));
            }
        }
    }

    @Test
    void landing_thatComesAgain_isTheSameObject() {
        Landing first = landings.of(new String("https://a.example/x"), "https://b.example/");
        assertThat(landings.of(new String("https://a.example/x"), "https://b.example/"))
                .isSameAs(first);
        assertThat(landings.of("https://a.example/x", null).referrer()).isNull();
    }

    @Test
    void longAddress_isReadButNotKept() {
        String url = "https://a.example/" + "x".repeat(1_000);
        Landing first = landings.of(url, null);
        assertThat(landings.of(url, null)).isEqualTo(first).isNotSameAs(first);
    }
}
