package io.webwatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebWatchConfigTest {
    @Test
    void defaults_areTheDefaultsOfTheProperties() {
        WebWatchConfig config = WebWatchConfig.defaults();
        assertThat(config.get(WebWatchProperties.PATH)).isEqualTo("/webwatch");
        assertThat(config.get(WebWatchProperties.BUFFER_MAX_BYTES)).isEqualTo(16 << 20);
        assertThat(config.get(WebWatchProperties.SESSION_TIMEOUT)).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.find(WebWatchProperties.DASHBOARD_PASSWORD)).isEmpty();
        assertThat(config.list(WebWatchProperties.SINKS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "webwatch.buffer.capacity|1|webwatch.buffer.capacity: 1 is below 2.",
                "webwatch.buffer.capacity|many|webwatch.buffer.capacity: many is not a whole number.",
                "webwatch.batch.linger|0ms|webwatch.batch.linger: 0ms is below 1ms.",
                "webwatch.batch.linger|soon|webwatch.batch.linger: soon is not a duration.",
                "webwatch.buffer.max-bytes|9999GB|webwatch.buffer.max-bytes: 9999GB is above 1GB.",
                "webwatch.path|webwatch|webwatch.path: webwatch is not a path such as /webwatch.",
                "webwatch.path|/../x|webwatch.path: /../x is not a path such as /webwatch.",
                "webwatch.enabled|maybe|webwatch.enabled: maybe is neither true nor false.",
                "webwatch.privacy.bots|eat|webwatch.privacy.bots: eat is not one of keep | drop.",
                "webwatch.privacy.bots|dorp|webwatch.privacy.bots: dorp is not one of keep | drop (did you mean drop?).",
                "webwatch.tracker.capture|clicks, from|webwatch.tracker.capture: clicks, from contains the unknown name from"
                        + " (did you mean forms?).",
                "webwatch.tracker.capture|clicks;forms|webwatch.tracker.capture: clicks;forms contains the unknown"
                        + " name clicks;forms.",
                "webwatch.tracker.capture|downlaod|webwatch.tracker.capture: downlaod contains the unknown name downlaod"
                        + " (did you mean downloads?).",
                "webwatch.site|''|webwatch.site: must not be empty.",
            })
    void build_ofAnInvalidValue_namesPropertyValueAndRemedy(String name, String value, String message) {
        WebWatchConfig.Builder builder =
                WebWatchConfig.builder().source(PropertySources.of(Map.of(name, value.replace("''", ""))));
        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(message)
                .hasMessageContaining("Use ")
                .hasMessageContaining("for example ");
    }

    @Test
    void captures_areAcceptedInAnyCaseAndTheMessageListsThemAll() {
        assertThat(WebWatchConfig.builder()
                        .set("webwatch.tracker.capture", " Clicks , ,events")
                        .build()
                        .get(WebWatchProperties.TRACKER_CAPTURE))
                .containsExactly("clicks", "events");
        assertThat(WebWatchConfig.builder()
                        .set("webwatch.tracker.capture", "")
                        .build()
                        .get(WebWatchProperties.TRACKER_CAPTURE))
                .isEmpty();
        assertThatThrownBy(() -> WebWatchConfig.builder().set("webwatch.tracker.capture", "mouse"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Use any of clicks | engagement | events | downloads | forms | media | images"
                        + " | movement | hover | vitals | errors, separated by commas")
                .hasMessageNotContaining("did you mean");
    }

    @Test
    void set_ofAnInvalidValue_isRefusedAsItsTextWouldBe() {
        WebWatchConfig.Builder builder = WebWatchConfig.builder();
        assertThatThrownBy(() -> builder.set(WebWatchProperties.BUFFER_CAPACITY, 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("webwatch.buffer.capacity: 1 is below 2.");
        assertThatThrownBy(() -> builder.set(WebWatchProperties.TRACKER_CAPTURE, List.of("clicks", "hoover")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("unknown name hoover")
                .hasMessageContaining("did you mean hover?");
        assertThatThrownBy(() -> builder.set(WebWatchProperties.BATCH_LINGER, Duration.ZERO))
                .isInstanceOf(ConfigurationException.class);
        assertThat(builder.build().get(WebWatchProperties.BUFFER_CAPACITY)).isGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource({"200, 200", "200ms, 200", "2s, 2000", "PT1.5S, 1500", "1m, 60000"})
    void duration_isParsedInEveryFormat(String text, long millis) {
        WebWatchConfig config =
                WebWatchConfig.builder().set("webwatch.batch.linger", text).build();
        assertThat(config.get(WebWatchProperties.BATCH_LINGER)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "64KB", "64kb", "64KiB", "64 KB"})
    void size_isParsedInEveryFormat(String text) {
        WebWatchConfig config = WebWatchConfig.builder()
                .set("webwatch.collector.max-body-size", text)
                .build();
        assertThat(config.get(WebWatchProperties.COLLECTOR_MAX_BODY_SIZE)).isEqualTo(65_536);
    }

    @Test
    void build_fromSeveralSources_usesTheFirstThatHasTheProperty() {
        WebWatchConfig config = WebWatchConfig.builder()
                .set(WebWatchProperties.SITE, "programmatic")
                .source(PropertySources.of(Map.of("webwatch.site", "first", "webwatch.path", "/first")))
                .source(PropertySources.of(Map.of("webwatch.path", "/second", "webwatch.instance", "7")))
                .build();
        assertThat(config.get(WebWatchProperties.SITE)).isEqualTo("programmatic");
        assertThat(config.get(WebWatchProperties.PATH)).isEqualTo("/first");
        assertThat(config.get(WebWatchProperties.INSTANCE)).isEqualTo(7);
    }

    @Test
    void environment_followsSpringsRulesAndAllowsUnderscoresForDashes() {
        WebWatchConfig config = WebWatchConfig.builder()
                .source(PropertySources.environment(
                        Map.of("WEBWATCH_BUFFER_MAXBYTES", "1MB", "WEBWATCH_DATA_DIRECTORY", "/var/lib/shop")))
                .build();
        assertThat(config.get(WebWatchProperties.BUFFER_MAX_BYTES)).isEqualTo(1 << 20);
        assertThat(config.get(WebWatchProperties.DATA_DIRECTORY)).hasToString("/var/lib/shop");
    }

    @Test
    void unknownNames_listsWhatIsMisspelt() {
        WebWatchConfig config = WebWatchConfig.builder()
                .source(PropertySources.of(Map.of("webwatch.pth", "/x", "server.port", "1")))
                .build();
        assertThat(config.unknownNames()).isEqualTo(List.of("webwatch.pth"));
    }

    @Test
    void warnings_nameThePropertyThatWasProbablyMeant() {
        WebWatchConfig config = WebWatchConfig.builder()
                .source(PropertySources.of(Map.of(
                        "webwatch.bacth.linger", "1s",
                        "webwatch.kafka.topics.page_vew", "hits",
                        "webwatch.no-such-thing", "1")))
                .build();
        assertThat(config.warnings())
                .containsExactly(
                        "Unknown property webwatch.bacth.linger: it has no effect. Did you mean webwatch.batch.linger?",
                        "Unknown property webwatch.kafka.topics.page_vew: it has no effect. Did you mean"
                                + " webwatch.kafka.topics.page_view?",
                        "Unknown property webwatch.no-such-thing: it has no effect. See the configuration page of the"
                                + " WebWatch documentation for all properties.");
    }

    @Test
    void set_ofAnUnknownName_namesThePropertyThatWasProbablyMeant() {
        assertThatThrownBy(() -> WebWatchConfig.builder().set("webwatch.pth", "/x"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("webwatch.pth: unknown property. Did you mean webwatch.path?");
    }

    @Test
    void map_hasEachNameFromTheFirstSourceThatHasIt() {
        WebWatchConfig config = WebWatchConfig.builder()
                .set("webwatch.kafka.properties.acks", "all")
                .source(PropertySources.of(Map.of(
                        "webwatch.kafka.properties.acks", "1",
                        "webwatch.kafka.properties.linger.ms", "7")))
                .source(PropertySources.environment(Map.of(
                        "WEBWATCH_KAFKA_PROPERTIES_LINGER_MS", "9",
                        "WEBWATCH_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SSL")))
                .build();
        assertThat(config.map(WebWatchProperties.KAFKA_PROPERTIES))
                .isEqualTo(Map.of("acks", "all", "linger.ms", "7", "security.protocol", "SSL"));
        assertThat(config.unknownNames()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"page_view", "page-view", "PAGE_VIEW"})
    void map_ofTypes_acceptsEverySpelling(String type) {
        WebWatchConfig config = WebWatchConfig.builder()
                .source(PropertySources.of(Map.of("webwatch.kafka.topics." + type, "hits")))
                .build();
        assertThat(config.map(WebWatchProperties.KAFKA_TOPICS)).isEqualTo(Map.of("page_view", "hits"));
    }

    @Test
    void map_ofTypes_isReadFromEnvironmentVariables() {
        WebWatchConfig config = WebWatchConfig.builder()
                .source(PropertySources.environment(Map.of("WEBWATCH_KAFKA_TOPICS_PAGE_VIEW", "hits")))
                .build();
        assertThat(config.map(WebWatchProperties.KAFKA_TOPICS)).isEqualTo(Map.of("page_view", "hits"));
    }

    @Test
    void unknownNames_listsWhatIsMisspeltBelowAMap() {
        WebWatchConfig config = WebWatchConfig.builder()
                .source(PropertySources.of(Map.of(
                        "webwatch.kafka.topics.page_vew", "hits",
                        "webwatch.kafka.topics.click", "taps",
                        "webwatch.kafka.topics", "x",
                        "webwatch.kafka.properties.linger.ms", "7")))
                .build();
        assertThat(config.unknownNames()).containsExactly("webwatch.kafka.topics", "webwatch.kafka.topics.page_vew");
        assertThat(config.map(WebWatchProperties.KAFKA_TOPICS)).isEqualTo(Map.of("click", "taps"));
    }

    @Test
    void map_ofSecrets_isMasked() {
        WebWatchConfig config = WebWatchConfig.builder()
                .set("webwatch.kafka.properties.ssl.key.password", "hunter2")
                .build();
        assertThat(config.toString()).contains("webwatch.kafka.properties=***").doesNotContain("hunter2");
    }

    @Test
    void toString_masksSecrets() {
        WebWatchConfig config = WebWatchConfig.builder()
                .set(WebWatchProperties.DASHBOARD_PASSWORD, "hunter2-hunter2")
                .build();
        assertThat(config.toString())
                .contains("webwatch.dashboard.password=***")
                .doesNotContain("hunter2");
    }
}
