package io.webwatch.kafka;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.EventType;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The sink's part of the configuration.
 *
 * @param topics topic of each type
 * @param partitions for new topics; empty for the cluster's default
 * @param replicationFactor for new topics; empty for the cluster's default
 * @param given properties for the producer, which override the defaults
 */
record KafkaSettings(
        List<String> servers,
        Map<EventType, String> topics,
        boolean createTopics,
        Optional<Integer> partitions,
        Optional<Integer> replicationFactor,
        Map<String, String> given) {

    /**
     * Defaults for the producer. It retries by itself, in order, for half a minute. After that, WebWatch retries with its
     * back-off, which is visible in the status. The buffer has room for several batches of the default size. The choice of
     * the compression is explained in docs/kafka.md.
     */
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
            Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true"),
            Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
            Map.entry(ProducerConfig.LINGER_MS_CONFIG, "5"),
            Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(64 << 10)),
            Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(32 << 20)),
            Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000"),
            Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000"),
            Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000"),
            Map.entry(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, "200"),
            Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "5000"),
            Map.entry(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, "false"));

    private static final AtomicLong CLIENTS = new AtomicLong();

    static KafkaSettings of(WebWatchConfig config) {
        return new KafkaSettings(
                config.list(WebWatchProperties.KAFKA_BOOTSTRAP_SERVERS),
                topics(config),
                config.get(WebWatchProperties.KAFKA_CREATE_TOPICS),
                config.find(WebWatchProperties.KAFKA_PARTITIONS),
                config.find(WebWatchProperties.KAFKA_REPLICATION_FACTOR),
                config.map(WebWatchProperties.KAFKA_PROPERTIES));
    }

    private static Map<EventType, String> topics(WebWatchConfig config) {
        Map<EventType, String> topics = new EnumMap<>(EventType.class);
        String prefix = config.get(WebWatchProperties.KAFKA_TOPIC_PREFIX);
        Optional<String> one = config.find(WebWatchProperties.KAFKA_TOPIC);
        Map<String, String> named = config.map(WebWatchProperties.KAFKA_TOPICS);
        for (EventType type : EventType.values()) {
            String fallback = one.orElseGet(() -> prefix + kind(type));
            topics.put(type, named.getOrDefault(type.id(), fallback));
        }
        return Collections.unmodifiableMap(topics);
    }

    /** Returns the end of the topic's name. Types that consumers usually read together share a topic. */
    private static String kind(EventType type) {
        return switch (type) {
            case PAGE_VIEW -> "page-views";
            case ENGAGEMENT -> "engagement";
            case SESSION -> "sessions";
            case CLICK -> "clicks";
            case MOUSE_MOVE -> "mouse-movements";
            case HOVER -> "hovers";
            case FORM_START, FORM_SUBMIT, FORM_ABANDON, FORM_INVALID -> "forms";
            case VIDEO_PLAY,
                    VIDEO_PAUSE,
                    VIDEO_PROGRESS,
                    VIDEO_COMPLETE,
                    AUDIO_PLAY,
                    AUDIO_PAUSE,
                    AUDIO_PROGRESS,
                    AUDIO_COMPLETE -> "media";
            case DOWNLOAD -> "downloads";
            case IMAGE_VIEW -> "image-views";
            case WEB_VITAL -> "web-vitals";
            case ERROR -> "errors";
            case CUSTOM -> "custom";
        };
    }

    /** Returns the names of all topics to which events are written. */
    Set<String> topicNames() {
        return new TreeSet<>(topics.values());
    }

    /** Returns the maximum number of bytes of a producer's batch. */
    int batchSize() {
        return Integer.parseInt(
                given.getOrDefault(ProducerConfig.BATCH_SIZE_CONFIG, DEFAULTS.get(ProducerConfig.BATCH_SIZE_CONFIG))
                        .strip());
    }

    /** Returns the producer's properties: the defaults, overridden by the given ones, and those that cannot be changed. */
    Map<String, Object> producer() {
        Map<String, Object> properties = new HashMap<>(DEFAULTS);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "webwatch-" + CLIENTS.incrementAndGet());
        properties.putAll(given);
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return properties;
    }

    @Override
    public String toString() {
        return "KafkaSettings[" + servers + ", " + topicNames()
                + "]"; // not the given properties: they contain passwords
    }
}
