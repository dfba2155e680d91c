package io.webwatch.kafka;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Distinguishes failures that are caused by the event itself, and would happen again, from those of the cluster, which may
 * be temporary. A missing topic may be created, and refused credentials may be accepted later, so no event is rejected for
 * these.
 */
final class Failures {
    private Failures() {}

    /** Returns whether Kafka will never accept the event. */
    static boolean isRejection(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidTopicException
                || failure instanceof TopicAuthorizationException
                || failure instanceof SerializationException
                || failure instanceof InvalidRecordException
                || failure instanceof InvalidTimestampException;
    }

    /** Returns whether the producer can continue with other events after this failure. */
    static boolean leavesProducerUsable(Throwable failure) {
        return failure instanceof org.apache.kafka.common.errors.TimeoutException
                || failure instanceof InterruptException
                || failure instanceof AuthenticationException;
    }

    /** Returns a sentence for the operator, with the remedy if one is known. */
    static String reason(Throwable failure, String topic) {
        String message = message(failure);
        if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
            return "The topic " + topic
                    + " does not exist. Create it, or set webwatch.kafka.create-topics=true and restart.";
        }
        if (failure instanceof TopicAuthorizationException) {
            return "Writing to the topic " + topic + " is not permitted: " + message;
        }
        if (failure instanceof AuthenticationException refusal) {
            return reason(refusal);
        }
        if (isRejection(failure)) {
            return "Kafka refused the event for the topic " + topic + ": " + message;
        }
        return "Kafka did not accept the event for the topic " + topic + ": " + message;
    }

    /** Returns why the brokers refused the connection, and which properties to check. */
    static String reason(AuthenticationException refusal) {
        if (refusal instanceof SslAuthenticationException) {
            return "The TLS handshake with the brokers failed: " + sentence(message(last(refusal)))
                    + " Check webwatch.kafka.properties.ssl.truststore.location and the other ssl properties.";
        }
        return "The brokers refuse the credentials: " + sentence(message(refusal))
                + " Check webwatch.kafka.properties.sasl.jaas.config and webwatch.kafka.properties.sasl.mechanism.";
    }

    /** Returns why a client could not be created. Only the innermost exceptions contain the reason. */
    static String construction(KafkaException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        Throwable before = cause;
        while (cause.getCause() != null) {
            before = cause;
            cause = cause.getCause();
        }
        return before == cause
                ? message(cause)
                : message(before) + " (" + cause.getClass().getSimpleName() + ": " + message(cause) + ")";
    }

    private static Throwable last(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Returns the text with a full stop at its end. */
    static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
