package io.webwatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.config.ConfigurationException;
import io.webwatch.config.WebWatchConfig;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {
    private static final KafkaSinkFactory FACTORY = new KafkaSinkFactory();

    private static WebWatchConfig config(String... properties) {
        WebWatchConfig.Builder config = WebWatchConfig.builder().set("webwatch.kafka.bootstrap-servers", "broker:9092");
        for (int i = 0; i < properties.length; i += 2) {
            config.set(properties[i], properties[i + 1]);
        }
        return config.build();
    }

    @Test
    void sink_isConfiguredByBrokers() {
        assertThat(FACTORY.isConfigured(WebWatchConfig.defaults())).isFalse();
        assertThat(FACTORY.isConfigured(config())).isTrue();
    }

    @Test
    void missingBroker_isAConfigurationError() {
        assertThatThrownBy(() -> FACTORY.validate(WebWatchConfig.defaults()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("webwatch.kafka.bootstrap-servers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker", "broker:", "broker:port", "http//x:1", "a b:9092", "broker:9092;other:9092"})
    void wrongAddress_isAConfigurationError(String address) {
        assertThatThrownBy(() -> FACTORY.validate(config("webwatch.kafka.bootstrap-servers", address)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("webwatch.kafka.bootstrap-servers: ")
                .hasMessageContaining("HOST:PORT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker:9092", "b1:9092, b2:9093", "10.0.0.1:9092", "[::1]:9092", "SSL://broker:9093"})
    void address_isAccepted(String addresses) {
        assertThatCode(() -> FACTORY.validate(config("webwatch.kafka.bootstrap-servers", addresses)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "webwatch.kafka.topics.click, bad topic!",
        "webwatch.kafka.properties.acks, most",
        "webwatch.kafka.properties.linger.ms, soon",
        "webwatch.kafka.properties.compression.type, best",
        "webwatch.kafka.properties.transactional.id, x",
        "webwatch.kafka.properties.bootstrap.servers, other:9092",
        "webwatch.kafka.properties.value.serializer, x.Y",
    })
    void wrongValue_isAConfigurationErrorThatNamesTheProperty(String name, String value) {
        assertThatThrownBy(() -> FACTORY.validate(config(name, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(name + ": ");
    }

    @Test
    void contradictoryValues_areAConfigurationError() {
        assertThatThrownBy(() -> FACTORY.validate(config(
                        "webwatch.kafka.properties.acks", "1",
                        "webwatch.kafka.properties.enable.idempotence", "true")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("idempoten");
    }

    @Test
    void secretValue_isNeverShown() {
        String secret = "hunter2";
        String name = "webwatch.kafka.properties.ssl.key.password";
        assertThatThrownBy(() -> FACTORY.validate(config(name, secret, "webwatch.kafka.properties.acks", "most")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("most")
                .hasMessageNotContaining(secret);
        assertThatThrownBy(() -> FACTORY.validate(config(
                        name,
                        secret,
                        "webwatch.kafka.properties.acks",
                        "1",
                        "webwatch.kafka.properties.enable.idempotence",
                        "true")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining(secret);
        assertThat(KafkaSettings.of(config(name, secret)).toString()).doesNotContain(secret);
    }

    @Test
    void producerProperties_overrideTheDefaults() {
        Map<String, Object> producer = KafkaSettings.of(config(
                        "webwatch.kafka.properties.linger.ms", "50",
                        "webwatch.kafka.properties.security.protocol", "SSL",
                        "webwatch.kafka.properties.client.id", "shop"))
                .producer();
        assertThat(producer)
                .containsEntry(ProducerConfig.LINGER_MS_CONFIG, "50")
                .containsEntry("security.protocol", "SSL")
                .containsEntry(ProducerConfig.CLIENT_ID_CONFIG, "shop")
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all");
    }
}
