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
     * Creates the missing topics. If the cluster refuses one permanently, for example because of too many replicas, this is
     * only a warning: the topic may exist without being visible to this user, and if it does not, its events will fail with
     * a reason.
     *
     * @throws IOException if the cluster does not respond now
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
                LOG.warn(
                        "Could not create the Kafka topics {}: {} Events for a missing topic are retried until it exists."
                                + " Create them, or correct webwatch.kafka.partitions or"
                                + " webwatch.kafka.replication-factor.",
                        refused.keySet(),
                        Failures.sentence(reason));
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthenticationException refusal) {
                throw new IOException(Failures.reason(refusal), e);
            }
            throw new IOException("The Kafka brokers " + settings.servers() + " do not respond: " + message(e), e);
        }
    }

    private static Admin admin(KafkaSettings settings) throws IOException {
        try {
            return Admin.create(adminProperties(settings));
        } catch (KafkaException e) {
            throw new IOException("Could not create Kafka's admin client: " + Failures.construction(e), e);
        }
    }

    /** Returns why the topic was refused permanently; empty if it exists. */
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
        return Failures.message(e.getCause() == null ? e : e.getCause());
    }
}
