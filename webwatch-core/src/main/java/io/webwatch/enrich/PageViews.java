package io.webwatch.enrich;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The most recently active page views, each with its visitor and the events that were accepted. This is the window within
 * which a repeated event is recognised. Not thread-safe; used by the batcher thread only.
 */
final class PageViews {
    static final int WINDOW = 32_768;

    /** A page view in the window. */
    static final class Remembered {
        final String visitor;
        private final SequenceRanges seen = new SequenceRanges();

        private Remembered(String visitor) {
            this.visitor = visitor;
        }

        /** Marks an event as accepted and returns whether it is new. */
        boolean take(long sequence) {
            return seen.add((int) sequence);
        }

        /** Removes the mark of an event. */
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

    /** Returns the page view with that id, or null if it is not in the window. */
    @Nullable
    Remembered find(String pageView) {
        return entries.get(pageView);
    }

    /** Adds a new page view. */
    Remembered add(String pageView, String visitor) {
        Remembered entry = new Remembered(visitor);
        entries.put(pageView, entry);
        return entry;
    }

    /** Writes all page views, least recently active first. */
    void write(DataOutput out) throws IOException {
        out.writeInt(entries.size());
        for (Map.Entry<String, Remembered> entry : entries.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeUTF(entry.getValue().visitor);
            entry.getValue().seen.write(out);
        }
    }

    /** Adds the page views that {@link #write} wrote. */
    void read(DataInput in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            add(in.readUTF(), in.readUTF()).seen.read(in);
        }
    }
}
