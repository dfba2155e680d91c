package io.webwatch.servlet.internal.inject;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of the application's HTML answers. Thread-safe. */
public final class HtmlPages {
    /** What became of one. */
    public enum Outcome {
        /** It got the tag. */
        INJECTED,
        /** It carries the tag itself. */
        PRESENT,
        /** It has neither the end of a head nor a body: a fragment. */
        NO_HEAD,
        /** The application has compressed it itself. */
        ENCODED,
        /** Its charset is none in which ASCII stands for itself. */
        CHARSET,
        /** It carries a digest of its bytes. */
        DIGEST;

        private final String id = name().toLowerCase(Locale.ROOT);

        /** The name in status. */
        public String id() {
            return id;
        }
    }

    private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

    public HtmlPages() {
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    void count(Outcome outcome) {
        adder(outcome).increment();
    }

    public long of(Outcome outcome) {
        return adder(outcome).sum();
    }

    private LongAdder adder(Outcome outcome) {
        LongAdder adder = counts.get(outcome);
        if (adder == null) {
            throw new IllegalStateException("no counter for " + outcome);
        }
        return adder;
    }
}
