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
 * Tells what concerns one event, and will be so again, from what concerns the cluster and may pass. A topic that is not
 * there may be made, and a connection that is not permitted may come to be: nothing is given up for those.
 */
final class Failures {
    private Failures() {}

    /** Whether the event will never be taken as it is. */
    static boolean isRejection(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidTopicException
                || failure instanceof TopicAuthorizationException
                || failure instanceof SerializationException
                || failure instanceof InvalidRecordException
                || failure instanceof InvalidTimestampException;
    }

    /** Whether the producer that failed so can go on with other events. */
    static boolean leavesProducerUsable(Throwable failure) {
        return failure instanceof org.apache.kafka.common.errors.TimeoutException
                || failure instanceof InterruptException
                || failure instanceof AuthenticationException;
    }

    /** A sentence for a person, with what can be done where that is known. */
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
        return "Kafka did not take the event for the topic " + topic + ": " + message;
    }

    /** Why the brokers were not reached as they are secured, and where to look. */
    static String reason(AuthenticationException refusal) {
        if (refusal instanceof SslAuthenticationException) {
            return "The TLS handshake with the brokers failed: " + sentence(message(last(refusal)))
                    + " See webwatch.kafka.properties.ssl.truststore.location and the other ssl properties.";
        }
        return "The brokers refuse the credentials: " + sentence(message(refusal))
                + " See webwatch.kafka.properties.sasl.jaas.config and webwatch.kafka.properties.sasl.mechanism.";
    }

    /** Why a client could not be made: its outermost exception says only that, the innermost ones say what of. */
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

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
