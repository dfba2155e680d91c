/** Sink to InfluxDB through its v2 write API; read {@link io.webwatch.influxdb.InfluxDbSink} first. */
@NullMarked
package io.webwatch.influxdb;

import org.jspecify.annotations.NullMarked;
