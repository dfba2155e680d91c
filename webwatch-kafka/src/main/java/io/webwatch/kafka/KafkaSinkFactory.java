package io.webwatch.kafka;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.runtime.TimeSource;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;

/**
 * Creates the sink named {@code kafka}, which is used if {@code webwatch.kafka.bootstrap-servers} is set. Thread-safe.
 */
public final class KafkaSinkFactory implements SinkFactory {
    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public boolean isConfigured(WebWatchConfig config) {
        return !config.list(WebWatchProperties.KAFKA_BOOTSTRAP_SERVERS).isEmpty();
    }

    @Override
    public boolean isShared() {
        return true;
    }

    /**
     * Validates the addresses of the brokers, the names of the topics and the producer's properties. Does not connect.
     *
     * @throws io.webwatch.config.ConfigurationException naming property, value and remedy
     */
    @Override
    public void validate(WebWatchConfig config) {
        SettingsCheck.check(config);
    }

    /**
     * Creates the producer, and the topics if {@code webwatch.kafka.create-topics} is set.
     *
     * @throws Exception if no broker's host name can be resolved, or the topics cannot be created now
     */
    @Override
    public Sink create(SinkContext context) throws Exception {
        return KafkaSink.open(KafkaSettings.of(context.config()), TimeSource.of(context.clock()));
    }
}
