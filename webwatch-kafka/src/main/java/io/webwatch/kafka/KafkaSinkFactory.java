package io.webwatch.kafka;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;

/**
 * Makes the sink named {@code kafka}, which is used where {@code webwatch.kafka.bootstrap-servers} is set. Thread-safe.
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
     * Checks the addresses of the brokers, the names of the topics and the producer's properties; connects nowhere.
     *
     * @throws io.webwatch.config.ConfigurationException naming property, value and remedy
     */
    @Override
    public void validate(WebWatchConfig config) {
        SettingsCheck.check(config);
    }

    /**
     * Makes the producer, and the topics where that is asked for.
     *
     * @throws Exception when no broker's name can be resolved, or the topics cannot be made now
     */
    @Override
    public Sink create(SinkContext context) throws Exception {
        return KafkaSink.open(KafkaSettings.of(context.config()));
    }
}
