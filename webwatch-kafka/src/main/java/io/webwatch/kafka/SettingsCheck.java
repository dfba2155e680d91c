package io.webwatch.kafka;

import io.webwatch.config.ConfigurationException;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import java.util.HashMap;
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

/** Validates the sink's properties at start-up, so that a wrong value is an error message and not a failing sink. */
final class SettingsCheck {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
    private static final Pattern SERVER =
            Pattern.compile("(?:[A-Za-z]+://)?(?:\\[[0-9A-Fa-f:%.]+]|[^\\s:,/]+):\\d{1,5}");
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    /** Properties that only the sink may set, with the remedy for a configuration that sets them. */
    private static final Map<String, String> OWN = Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            "Use webwatch.kafka.bootstrap-servers.",
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            "Remove it: keys are UTF-8 text.",
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            "Remove it: values are JSON.",
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "Remove it: events are not written in transactions.");

    private SettingsCheck() {}

    static void check(WebWatchConfig config) {
        List<String> servers = config.list(WebWatchProperties.KAFKA_BOOTSTRAP_SERVERS);
        if (servers.isEmpty()) {
            throw wrong("", "is empty");
        }
        for (String server : servers) {
            if (!SERVER.matcher(server).matches()) {
                throw wrong(server, "is not an address HOST:PORT");
            }
        }
        config.map(WebWatchProperties.KAFKA_TOPICS).forEach((type, topic) -> {
            if (!TOPIC.matcher(topic).matches()) {
                throw new ConfigurationException(
                        WebWatchProperties.KAFKA_TOPICS.name() + '.' + type,
                        topic,
                        "is not a valid topic name",
                        "Use " + WebWatchProperties.KAFKA_TOPICS.type().description() + ".");
            }
        });
        checkProducer(KafkaSettings.of(config));
    }

    private static ConfigurationException wrong(String value, String problem) {
        return new ConfigurationException(
                WebWatchProperties.KAFKA_BOOTSTRAP_SERVERS.name(),
                value,
                problem,
                "Set addresses HOST:PORT of brokers, separated by commas.");
    }

    private static void checkProducer(KafkaSettings settings) {
        settings.given().keySet().stream().filter(OWN::containsKey).findFirst().ifPresent(name -> {
            throw wrongProducer(name, "must not be set", OWN.get(name));
        });
        checkValues(settings);
        try {
            new ProducerConfig(settings.producer()); // finds values that contradict each other
        } catch (ConfigException e) {
            throw new ConfigurationException(
                    WebWatchProperties.KAFKA_PROPERTIES.name(),
                    "(hidden)",
                    "is not accepted by Kafka's producer",
                    Failures.sentence(String.valueOf(e.getMessage())));
        }
        warnOfUnknown(settings);
    }

    private static void checkValues(KafkaSettings settings) {
        Map<String, String> texts = new HashMap<>();
        settings.producer().forEach((name, value) -> {
            if (value instanceof String text) {
                texts.put(name, text);
            }
        });
        for (ConfigValue value : ProducerConfig.configDef().validate(texts)) {
            if (!value.errorMessages().isEmpty() && settings.given().containsKey(value.name())) {
                throw wrongProducer(
                        value.name(),
                        "is not accepted by Kafka's producer",
                        Failures.sentence(value.errorMessages().get(0)));
            }
        }
    }

    private static ConfigurationException wrongProducer(String name, String problem, String remedy) {
        return new ConfigurationException(
                WebWatchProperties.KAFKA_PROPERTIES.name() + '.' + name, "the value", problem, remedy);
    }

    private static void warnOfUnknown(KafkaSettings settings) {
        Set<String> unknown = new HashSet<>(settings.given().keySet());
        unknown.removeAll(ProducerConfig.configNames());
        if (!unknown.isEmpty()) {
            LOG.warn(
                    "Kafka's producer does not know the properties {} of {}. They are passed on for plug-ins. Check their"
                            + " spelling.",
                    unknown,
                    WebWatchProperties.KAFKA_PROPERTIES.shownName());
        }
    }
}
