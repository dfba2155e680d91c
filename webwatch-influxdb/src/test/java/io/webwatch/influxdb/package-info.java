/** Tests of the InfluxDB sink, most of them against real servers. */
@NullMarked
package io.webwatch.influxdb;

import org.jspecify.annotations.NullMarked;
