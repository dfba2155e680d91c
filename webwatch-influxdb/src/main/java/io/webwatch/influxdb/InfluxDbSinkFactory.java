package io.webwatch.influxdb;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;

/**
 * Creates the sink named {@code influxdb}, which is used if {@code webwatch.influxdb.url} is set. Stateless and thread-safe.
 */
public final class InfluxDbSinkFactory implements SinkFactory {
    @Override
    public String name() {
        return "influxdb";
    }

    @Override
    public boolean isConfigured(WebWatchConfig config) {
        return config.find(WebWatchProperties.INFLUXDB_URL).isPresent();
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void validate(WebWatchConfig config) {
        InfluxDbSettings.of(config);
    }

    /** Opens the sink. An unreachable server is not an error here: writes are retried until it can be reached. */
    @Override
    public Sink create(SinkContext context) {
        return new InfluxDbSink(InfluxDbSettings.of(context.config()), context);
    }
}
