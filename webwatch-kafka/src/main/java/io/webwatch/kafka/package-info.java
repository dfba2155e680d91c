/** The sink for Kafka. Read {@link io.webwatch.kafka.KafkaSink} first. */
@NullMarked
package io.webwatch.kafka;

import org.jspecify.annotations.NullMarked;
