package io.webwatch.influxdb;

import io.webwatch.config.ConfigurationException;
import io.webwatch.config.Property;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import java.time.Duration;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The sink's part of the configuration. */
record InfluxDbSettings(
        String url,
        @Nullable String token,
        @Nullable String org,
        String bucket,
        @Nullable Duration retention,
        Duration timeout,
        int maxTagValues) {
    private static final String REMEDY = "Set the address of InfluxDB, such as http://localhost:8086.";

    /**
     * Reads and validates the settings.
     *
     * @throws ConfigurationException if the address is missing or invalid
     */
    static InfluxDbSettings of(WebWatchConfig config) {
        return new InfluxDbSettings(
                url(config),
                config.find(WebWatchProperties.INFLUXDB_TOKEN).orElse(null),
                config.find(WebWatchProperties.INFLUXDB_ORG).orElse(null),
                config.get(WebWatchProperties.INFLUXDB_BUCKET),
                config.find(WebWatchProperties.INFLUXDB_RETENTION).orElse(null),
                config.get(WebWatchProperties.INFLUXDB_TIMEOUT),
                config.get(WebWatchProperties.INFLUXDB_MAX_TAG_VALUES));
    }

    private static String url(WebWatchConfig config) {
        Property<String> property = WebWatchProperties.INFLUXDB_URL;
        String given = config.find(property)
                .orElseThrow(() -> new ConfigurationException(
                        property.name(),
                        "",
                        "is required, because " + WebWatchProperties.SINKS.name() + " names the sink influxdb",
                        REMEDY));
        HttpUrl url = HttpUrl.parse(given);
        if (url == null) {
            throw wrong(given, "is not an http or https address");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw wrong("(hidden)", "contains a user or a password, which belong in webwatch.influxdb.token");
        }
        if (url.query() != null || url.fragment() != null) {
            throw wrong(given, "has a query or a fragment");
        }
        return given;
    }

    private static ConfigurationException wrong(String value, String problem) {
        return new ConfigurationException(WebWatchProperties.INFLUXDB_URL.name(), value, problem, REMEDY);
    }

    @Override
    public String toString() {
        return "InfluxDbSettings[" + url + ", org " + org + ", bucket " + bucket + ", token "
                + (token == null ? "none" : "***") + "]";
    }
}
