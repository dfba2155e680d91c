package io.webwatch.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/products/17, /products/{id}",
        "/products/17/, /products/{id}/",
        "/orders/3f2a9c1e-0b7d-4c55-9a31-77d0c1f2e3a4/items/2, /orders/{id}/items/{id}",
        "/u/deadbeef01, /u/{id}",
        "/blog/2026/a-title, /blog/{id}/a-title",
        "/faded, /faded",
        "/decade, /decade",
        "/files/catalogue-2026-spring-edition.pdf, /files/catalogue-2026-spring-edition.pdf",
        "/s/Zm9vYmFyYmF6cXV4MTIzNDU2Nzg, /s/{id}",
        "no-slash/5, no-slash/{id}",
        "//, //",
    })
    void normalise_ofAPath_foldsIdentifiers(String path, String route) {
        assertThat(Routes.normalise(path)).isEqualTo(route);
    }
}
