package io.webwatch.kafka;

import io.webwatch.config.ConfigurationException;
import io.webwatch.config.Property;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds wrong values of the sink's properties at start-up, where they are a sentence and not a broken stream. */
final class SettingsCheck {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
    private static final Pattern SERVER =
            Pattern.compile("(?:[A-Za-z]+://)?(?:\\[[0-9A-Fa-f:%.]+]|[^\\s:,/]+):\\d{1,5}");
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    /** Properties that the sink sets, and why another value makes no sense. */
    private static final Map<String, String> OWN = Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            "Use webwatch.kafka.bootstrap-servers.",
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            "Leave it out: keys are UTF-8 text.",
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            "Leave it out: values are JSON.",
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "Leave it out: events are not written in transactions.");

    private SettingsCheck() {}

    static void check(WebWatchConfig config) {
        List<String> servers = config.list(WebWatchProperties.KAFKA_BOOTSTRAP_SERVERS);
        if (servers.isEmpty()) {
            throw wrong(WebWatchProperties.KAFKA_BOOTSTRAP_SERVERS, "nothing", "is no broker");
        }
        for (String server : servers) {
            if (!SERVER.matcher(server).matches()) {
                throw wrong(WebWatchProperties.KAFKA_BOOTSTRAP_SERVERS, server, "is not an address HOST:PORT");
            }
        }
        config.map(WebWatchProperties.KAFKA_TOPICS).forEach((type, topic) -> {
            if (!TOPIC.matcher(topic).matches()) {
                throw new ConfigurationException(
                        WebWatchProperties.KAFKA_TOPICS.name() + '.' + type,
                        topic,
                        "is no name of a topic",
                        "Give " + WebWatchProperties.KAFKA_TOPICS.type().description() + ".");
            }
        });
        checkProducer(KafkaSettings.of(config));
    }

    private static ConfigurationException wrong(Property<?> property, String value, String problem) {
        return new ConfigurationException(
                property.name(), value, problem, "Give addresses HOST:PORT of brokers, separated by commas.");
    }

    private static void checkProducer(KafkaSettings settings) {
        settings.given().keySet().stream().filter(OWN::containsKey).findFirst().ifPresent(name -> {
            throw given(name, "is not to be set", OWN.get(name));
        });
        Map<String, String> texts = new java.util.HashMap<>();
        settings.producer().forEach((name, value) -> {
            if (value instanceof String text) {
                texts.put(name, text);
            }
        });
        for (ConfigValue value : ProducerConfig.configDef().validate(texts)) {
            if (!value.errorMessages().isEmpty() && settings.given().containsKey(value.name())) {
                throw given(
                        value.name(),
                        "is refused by Kafka's producer",
                        sentence(value.errorMessages().get(0)));
            }
        }
        try {
            new ProducerConfig(settings.producer()); // values that contradict each other
        } catch (ConfigException e) {
            throw new ConfigurationException(
                    WebWatchProperties.KAFKA_PROPERTIES.name(),
                    "(secret)",
                    "is refused by Kafka's producer",
                    sentence(String.valueOf(e.getMessage())));
        }
        warnOfUnknown(settings);
    }

    private static ConfigurationException given(String name, String problem, String remedy) {
        return new ConfigurationException(
                WebWatchProperties.KAFKA_PROPERTIES.name() + '.' + name, "the value", problem, remedy);
    }

    private static void warnOfUnknown(KafkaSettings settings) {
        Set<String> unknown = new HashSet<>(settings.given().keySet());
        unknown.removeAll(ProducerConfig.configNames());
        if (!unknown.isEmpty()) {
            LOG.warn(
                    "Kafka's producer has no properties {}; they are handed on for plug-ins. Are they misspelt in {}?",
                    unknown,
                    WebWatchProperties.KAFKA_PROPERTIES.shownName());
        }
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
