/** A real broker for tests; read {@link io.webwatch.kafka.broker.KafkaBroker} first. */
@NullMarked
package io.webwatch.kafka.broker;

import org.jspecify.annotations.NullMarked;
