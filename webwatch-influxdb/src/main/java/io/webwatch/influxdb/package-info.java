/** The sink for InfluxDB, through its v2 write API. Read {@link io.webwatch.influxdb.InfluxDbSink} first. */
@NullMarked
package io.webwatch.influxdb;

import org.jspecify.annotations.NullMarked;
