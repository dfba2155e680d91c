package io.webwatch.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageAddressTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://shop.example/a/b?x=1#f, shop.example, /a/b",
                "HTTPS://Shop.Example:8443, shop.example, /",
                "http://user:pw@host/p, host, /p",
                "http://[::1]:8080/p, [::1], /p",
                "http://h?x=/y, h, /",
                "/only/path?q, -, /only/path",
                "nonsense, -, nonsense",
                "http://h/%zz?utm_source=%zz, h, /%zz",
                "http://h#/route, h, /",
            })
    void parse_ofAnAddress_takesHostAndPath(String url, String host, String path) {
        PageAddress address = PageAddress.parse(url, Set.of());
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.path()).isEqualTo(path);
    }

    @Test
    void parse_ofAllowedParameters_keepsThemAlone() {
        PageAddress address = PageAddress.parse("http://h/p?token=secret&tab=2&x&y=1", Set.of("tab", "x"));
        assertThat(address.path()).isEqualTo("/p?tab=2&x");
    }

    @Test
    void parameter_ofAnEncodedValue_isDecodedAndBounded() {
        PageAddress address =
                PageAddress.parse("http://h/?xutm_source=no&utm_source=a%20b&utm_term=" + "t".repeat(500), Set.of());
        assertThat(address.parameter("utm_source")).isEqualTo("a b");
        assertThat(address.parameter("utm_term")).hasSize(128);
        assertThat(address.parameter("utm_medium")).isNull();
    }

    @Test
    void parse_ofALongPath_cutsItBetweenCharacters() {
        PageAddress address = PageAddress.parse("http://h/" + "a".repeat(1_022) + "\uD83D\uDE00", Set.of());
        assertThat(address.path()).hasSize(1_023).endsWith("a");
    }
}
