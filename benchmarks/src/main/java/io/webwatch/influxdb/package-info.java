/** The benchmark of what is package-private in the sink to InfluxDB. */
@NullMarked
package io.webwatch.influxdb;

import org.jspecify.annotations.NullMarked;
