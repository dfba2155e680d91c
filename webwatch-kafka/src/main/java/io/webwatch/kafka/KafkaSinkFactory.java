package io.webwatch.kafka;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the sink named {@code kafka}, which is used where {@code webwatch.kafka.bootstrap-servers} is set. Thread-safe.
 */
public final class KafkaSinkFactory implements SinkFactory {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);

    private final AtomicBoolean hasWarned = new AtomicBoolean();

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public boolean isConfigured(WebWatchConfig config) {
        return !config.list(WebWatchProperties.KAFKA_BOOTSTRAP_SERVERS).isEmpty();
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
        WebWatchConfig config = context.config();
        boolean isSalted = config.get(WebWatchProperties.PRIVACY_IDENTITY) == WebWatchProperties.Identity.COOKIELESS
                && config.find(WebWatchProperties.PRIVACY_SECRET).isEmpty();
        if (isSalted && hasWarned.compareAndSet(false, true)) {
            LOG.warn(
                    "Without webwatch.privacy.secret each instance of the application gives a visitor another pseudonym;"
                            + " where several write to one Kafka cluster, set it to the same text in all of them.");
        }
        return KafkaSink.open(KafkaSettings.of(config));
    }
}
