package io.webwatch.servlet.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.config.ConfigurationException;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.servlet.internal.client.AddressRanges;
import io.webwatch.servlet.internal.client.ClientAddresses;
import io.webwatch.servlet.testing.Requests;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {
    private final ClientAddresses addresses =
            new ClientAddresses(AddressRanges.trustedProxies(WebWatchConfig.defaults()));

    @ParameterizedTest
    @ValueSource(strings = {"https://www.example.org/", "www.example.org", "ftp://x", "https://", "https://a b", "*.x"})
    void wrongOrigin_isAConfigurationError(String origin) {
        WebWatchConfig config = WebWatchConfig.builder()
                .set("webwatch.collector.allowed-origins", origin)
                .build();
        assertThatThrownBy(() -> new OriginPolicy(config, addresses))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("webwatch.collector.allowed-origins: " + origin);
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example,shop.example,true",
        "https://shop.example,shop.example:443,true",
        "https://shop.example:443,shop.example,true",
        "http://shop.example,shop.example:80,true",
        "http://shop.example:8080,shop.example:8080,true",
        "https://SHOP.example,shop.EXAMPLE,true",
        "http://[::1]:8080,[::1]:8080,true",
        "http://[::1],[::1],true",
        "https://shop.example,shop.example:8443,false",
        "https://shop.example.evil,shop.example,false",
        "https://evil.example,shop.example,false",
        "null,shop.example,false"
    })
    void origin_isComparedWithTheHost(String origin, String host, boolean expected) {
        OriginPolicy policy = new OriginPolicy(WebWatchConfig.defaults(), addresses);
        assertThat(policy.admits(Requests.from("203.0.113.7", "Origin", origin, "Host", host)))
                .isEqualTo(expected);
    }
}
