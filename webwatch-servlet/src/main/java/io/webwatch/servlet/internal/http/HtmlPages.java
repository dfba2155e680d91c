package io.webwatch.servlet.internal.http;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the application's HTML responses by what the injection did with them. Thread-safe. */
public final class HtmlPages {
    /** What the injection did with a response. */
    public enum Outcome {
        /** The tag was inserted. */
        INJECTED,
        /** The page already contains the tag. */
        PRESENT,
        /** The response has neither the end of a head nor a body, so it is a fragment. */
        NO_HEAD,
        /** The application has compressed the response itself. */
        ENCODED,
        /** The page's charset is not compatible with ASCII. */
        CHARSET,
        /** The response carries a digest of its bytes. */
        DIGEST;

        private final String id = name().toLowerCase(Locale.ROOT);

        /** Returns the name of the outcome in the status. */
        public String id() {
            return id;
        }
    }

    private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

    /** Creates counters that start at 0. */
    public HtmlPages() {
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    /** Counts one response. */
    public void count(Outcome outcome) {
        adder(outcome).increment();
    }

    /** Returns the number of responses with the given outcome. */
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
