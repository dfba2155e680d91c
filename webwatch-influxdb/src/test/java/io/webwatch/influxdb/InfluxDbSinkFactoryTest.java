package io.webwatch.influxdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.WebWatch;
import io.webwatch.config.ConfigurationException;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfluxDbSinkFactoryTest {
    private final InfluxDbSinkFactory factory = new InfluxDbSinkFactory();

    @TempDir
    private Path directory;

    private static WebWatchConfig.Builder url(String url) {
        return WebWatchConfig.builder().set(WebWatchProperties.INFLUXDB_URL.name(), url);
    }

    @Test
    void sink_isConfiguredByAnAddress() {
        assertThat(factory.isConfigured(WebWatchConfig.defaults())).isFalse();
        assertThat(factory.isConfigured(url("http://localhost:8086").build())).isTrue();
    }

    @Test
    void missingAddress_isAConfigurationError() {
        assertThatThrownBy(() -> factory.validate(WebWatchConfig.defaults()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("webwatch.influxdb.url")
                .hasMessageContaining("http://localhost:8086");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8086",
                "ftp://localhost",
                "http://",
                "http://user:pass@localhost:8086",
                "http://localhost:8086/?org=x",
                "http://localhost:8086/#x",
                "not an address"
            })
    void wrongAddress_isAConfigurationError(String address) {
        assertThatThrownBy(() -> factory.validate(url(address).build()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("webwatch.influxdb.url")
                .message()
                .doesNotContain("pass@");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8086",
                "https://eu.cloud.example/",
                "http://[::1]:8086",
                "http://proxy.example/influx",
                "http://proxy.example/influx/"
            })
    void address_isAccepted(String address) {
        assertThatCode(() -> factory.validate(url(address).build())).doesNotThrowAnyException();
    }

    @Test
    void settings_hideTheToken() {
        WebWatchConfig config = url("http://localhost:8086")
                .set(WebWatchProperties.INFLUXDB_TOKEN, "very-secret")
                .build();

        assertThat(InfluxDbSettings.of(config).toString()).doesNotContain("very-secret");
        assertThat(config.toString()).doesNotContain("very-secret");
    }

    @Test
    void missingSecret_isAWarning() {
        try (WebWatch webwatch = start(url("http://127.0.0.1:9"))) {
            assertThat(webwatch.status().warnings())
                    .anyMatch(warning -> warning.contains("influxdb") && warning.contains("webwatch.privacy.secret"));
        }
        try (WebWatch webwatch =
                start(url("http://127.0.0.1:9").set(WebWatchProperties.PRIVACY_SECRET, "0123456789abcdef"))) {
            assertThat(webwatch.status().warnings()).isEmpty();
        }
    }

    private WebWatch start(WebWatchConfig.Builder config) {
        return WebWatch.start(config.set(WebWatchProperties.DATA_DIRECTORY, directory)
                .set(WebWatchProperties.SINKS, List.of("influxdb"))
                .build());
    }
}
