package io.webwatch.kafka;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that do not exist. */
final class TopicCreator {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
    private static final String TIMEOUT_MILLIS = "10000";

    private TopicCreator() {}

    /**
     * Creates what is missing. What the cluster refuses for good, such as too many copies, is a warning: the topic may
     * exist without our being allowed to see it, and if not, the events say so.
     *
     * @throws IOException when the cluster does not answer now
     */
    static void create(KafkaSettings settings) throws IOException, InterruptedException {
        try (Admin admin = admin(settings)) {
            Set<String> missing = new TreeSet<>(settings.topicNames());
            missing.removeAll(admin.listTopics().names().get());
            List<NewTopic> topics = missing.stream()
                    .map(name -> new NewTopic(
                            name,
                            settings.partitions(),
                            settings.replicationFactor().map(Integer::shortValue)))
                    .toList();
            Map<String, String> refused = new TreeMap<>();
            for (Map.Entry<String, KafkaFuture<Void>> topic :
                    admin.createTopics(topics).values().entrySet()) {
                await(topic.getValue()).ifPresent(reason -> refused.put(topic.getKey(), reason));
            }
            if (!refused.isEmpty()) {
                String reason = refused.values().iterator().next();
                LOG.warn("The topics {} could not be created: {}", refused.keySet(), reason);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthenticationException refusal) {
                throw new IOException(Failures.reason(refusal), e);
            }
            throw new IOException("The Kafka brokers " + settings.servers() + " do not answer: " + message(e), e);
        }
    }

    private static Admin admin(KafkaSettings settings) throws IOException {
        try {
            return Admin.create(adminProperties(settings));
        } catch (KafkaException e) {
            throw new IOException("Kafka's admin client cannot be made: " + Failures.construction(e), e);
        }
    }

    /** Why the topic is refused for good; empty when it is there. */
    private static Optional<String> await(KafkaFuture<Void> created) throws ExecutionException, InterruptedException {
        try {
            created.get();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                throw e;
            }
            return e.getCause() instanceof TopicExistsException ? Optional.empty() : Optional.of(message(e));
        }
    }

    private static Map<String, Object> adminProperties(KafkaSettings settings) {
        Map<String, Object> properties = new HashMap<>(settings.producer());
        properties.keySet().retainAll(AdminClientConfig.configNames());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        return properties;
    }

    private static String message(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
