package io.webwatch.kafka;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
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
        try (Admin admin = Admin.create(adminProperties(settings))) {
            Set<String> missing = new TreeSet<>(settings.topicNames());
            missing.removeAll(admin.listTopics().names().get());
            List<NewTopic> topics = missing.stream()
                    .map(name -> new NewTopic(
                            name,
                            settings.partitions(),
                            settings.replicationFactor().map(Integer::shortValue)))
                    .toList();
            for (Map.Entry<String, KafkaFuture<Void>> topic :
                    admin.createTopics(topics).values().entrySet()) {
                await(topic.getKey(), topic.getValue());
            }
        } catch (ExecutionException e) {
            throw new IOException("The Kafka brokers " + settings.servers() + " do not answer: " + message(e), e);
        }
    }

    private static void await(String topic, KafkaFuture<Void> future) throws ExecutionException, InterruptedException {
        try {
            future.get();
            LOG.info("Created the topic {}.", topic);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                throw e;
            }
            if (!(e.getCause() instanceof TopicExistsException)) {
                LOG.warn("The topic {} could not be created: {}", topic, message(e));
            }
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
