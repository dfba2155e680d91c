package io.webwatch.influxdb;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;

/**
 * Makes the sink named {@code influxdb}, which is used where {@code webwatch.influxdb.url} is given. Stateless and
 * thread-safe.
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

    /** Opens the sink. A server that cannot be reached is no error here: writes are tried again until it can. */
    @Override
    public Sink create(SinkContext context) {
        return new InfluxDbSink(InfluxDbSettings.of(context.config()), context);
    }
}
