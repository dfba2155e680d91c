package io.webwatch.enrich;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The most recently active page views: which of their events were taken, and whose they are. This is the window within
 * which a repeated event is recognised. Not thread-safe: the batcher's alone.
 */
final class PageViews {
    static final int WINDOW = 32_768;

    /** A page view that is remembered. */
    static final class Remembered {
        final String visitor;
        private final SequenceRanges seen = new SequenceRanges();

        private Remembered(String visitor) {
            this.visitor = visitor;
        }

        /** Marks an event as taken; false when it was before. */
        boolean take(long sequence) {
            return seen.add((int) sequence);
        }

        /** Forgets that an event was taken. */
        void forget(long sequence) {
            seen.forget((int) sequence);
        }
    }

    private final Map<String, Remembered> entries = new LinkedHashMap<>(1_024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > WINDOW;
        }
    };

    /** The page view of that id, or null when it is new or forgotten. */
    @Nullable
    Remembered find(String pageView) {
        return entries.get(pageView);
    }

    /** Remembers a new page view. */
    Remembered add(String pageView, String visitor) {
        Remembered entry = new Remembered(visitor);
        entries.put(pageView, entry);
        return entry;
    }

    /** Stores all, least recently active first. */
    void write(DataOutput out) throws IOException {
        out.writeInt(entries.size());
        for (Map.Entry<String, Remembered> entry : entries.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeUTF(entry.getValue().visitor);
            entry.getValue().seen.write(out);
        }
    }

    /** Adds what {@link #write} stored. */
    void read(DataInput in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            add(in.readUTF(), in.readUTF()).seen.read(in);
        }
    }
}
