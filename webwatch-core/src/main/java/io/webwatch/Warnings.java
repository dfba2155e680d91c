package io.webwatch;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.sink.SinkFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is degraded or probably misconfigured since start-up, as sentences with a remedy. Each is logged once and remains
 * in the status. Thread-safe.
 */
final class Warnings {
    private static final Logger LOG = LoggerFactory.getLogger(WebWatch.class);

    private final List<String> sentences = new CopyOnWriteArrayList<>();

    /** Logs a warning and keeps it. */
    void add(String sentence) {
        LOG.warn(sentence);
        sentences.add(sentence);
    }

    /** Adds a warning for whatever in the configuration is valid but probably a mistake. */
    void check(WebWatchConfig config, List<SinkFactory> sinks) {
        config.warnings().forEach(this::add);
        List<String> shared = sinks.stream()
                .filter(SinkFactory::isShared)
                .map(SinkFactory::name)
                .toList();
        if (!shared.isEmpty() && config.find(WebWatchProperties.PRIVACY_SECRET).isEmpty()) {
            String secret = WebWatchProperties.PRIVACY_SECRET.name();
            add("Several instances of the application can write to " + String.join(" and ", shared)
                    + ", but each uses a"
                    + " different pseudonym for the same visitor because " + secret + " is not set. Set it to the same"
                    + " random string for all instances.");
        }
    }

    /** Returns all warnings in the order in which they occurred. */
    List<String> all() {
        return List.copyOf(sentences);
    }
}
