/** A real Kafka broker for tests. Read {@link io.webwatch.kafka.broker.KafkaBroker} first. */
@NullMarked
package io.webwatch.kafka.broker;

import org.jspecify.annotations.NullMarked;
