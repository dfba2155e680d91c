package io.webwatch.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The fields that threads share, each on its own cache lines. They are spread over a chain of classes because the JVM
 * lays out the fields of a superclass before those of its subclass, but may reorder fields within a class. They are 128
 * bytes apart because processors fetch cache lines in pairs. All padding consists of longs, so that no smaller field
 * can be moved into a gap.
 *
 * <p>Accessors are named after the ordering of the access: {@code lv} load volatile, {@code la} load acquire,
 * {@code lp} load plain, {@code sv} store volatile, {@code so} store ordered (release), {@code cas} compare and set.
 */
abstract class RingFields {
    private RingFields() {}

    abstract static class Padding0 {
        long a00, a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12, a13, a14, a15;
    }

    /** The position of the producers. Every accepted offer writes it, so nothing else may share its cache line. */
    abstract static class Producer extends Padding0 {
        private static final VarHandle PRODUCER = field(Producer.class, "producer", long.class);

        private volatile long producer;

        final long lvProducer() {
            return producer;
        }

        final boolean casProducer(long expected, long next) {
            return PRODUCER.compareAndSet(this, expected, next);
        }
    }

    abstract static class Padding1 extends Producer {
        long b00, b01, b02, b03, b04, b05, b06, b07, b08, b09, b10, b11, b12, b13, b14, b15;
    }

    /**
     * Fields that every offer reads and that are rarely written, so that their cache line stays shared in all caches.
     */
    abstract static class Limit extends Padding1 {
        private static final VarHandle LIMIT = field(Limit.class, "limit", long.class);
        private static final VarHandle WAKE_AT = field(Limit.class, "wakeAt", long.class);

        private volatile long limit;
        private volatile long wakeAt;
        /** Written before {@link #wakeAt}, read after it. */
        private @Nullable Thread sleeper;

        final long lvLimit() {
            return limit;
        }

        final void spLimit(long value) {
            LIMIT.set(this, value);
        }

        final boolean casLimit(long expected, long next) {
            return LIMIT.compareAndSet(this, expected, next);
        }

        final long lvWakeAt() {
            return wakeAt;
        }

        final void svWakeAt(long position) {
            wakeAt = position;
        }

        final boolean casWakeAt(long expected, long next) {
            return WAKE_AT.compareAndSet(this, expected, next);
        }

        final @Nullable Thread lpSleeper() {
            return sleeper;
        }

        final void spSleeper(Thread thread) {
            sleeper = thread;
        }
    }

    abstract static class Padding2 extends Limit {
        long c00, c01, c02, c03, c04, c05, c06, c07, c08, c09, c10, c11, c12, c13, c14, c15;
    }

    /** The position of the consumer. Only the consumer writes it. */
    abstract static class Consumed extends Padding2 {
        private static final VarHandle CONSUMER = field(Consumed.class, "consumer", long.class);

        private volatile long consumer;

        final long lvConsumer() {
            return consumer;
        }

        final long lpConsumer() {
            return (long) CONSUMER.get(this);
        }

        final void soConsumer(long word) {
            CONSUMER.setRelease(this, word);
        }
    }

    abstract static class Padding3 extends Consumed {
        long d00, d01, d02, d03, d04, d05, d06, d07, d08, d09, d10, d11, d12, d13, d14, d15;
    }

    private static VarHandle field(Class<?> owner, String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
