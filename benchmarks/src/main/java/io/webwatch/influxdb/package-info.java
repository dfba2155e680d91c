/** The benchmark of package-private classes of the InfluxDB sink. */
@NullMarked
package io.webwatch.influxdb;

import org.jspecify.annotations.NullMarked;
