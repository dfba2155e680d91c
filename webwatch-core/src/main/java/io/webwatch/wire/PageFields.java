package io.webwatch.wire;

import io.webwatch.event.Engagement;
import io.webwatch.event.EventData;
import io.webwatch.event.PageView;
import io.webwatch.event.ScriptError;
import io.webwatch.event.WebVital;
import org.jspecify.annotations.Nullable;

/** Reads events about the page itself. */
final class PageFields {
    private PageFields() {}

    static final class PageViewFields extends EventFields {
        private static final PageView.Kind[] KINDS = PageView.Kind.values();

        private PageView.Kind kind = PageView.Kind.LOAD;
        private long loadMillis = ABSENT;

        @Override
        void read(int key, JsonCursor in) throws MalformedBatchException {
            switch (key) {
                case WireKeys.K -> kind = kind(in);
                case WireKeys.LM -> loadMillis = integer(in);
                default -> in.skipValue();
            }
        }

        private PageView.Kind kind(JsonCursor in) throws MalformedBatchException {
            String id = text(in, 16);
            if (id == null) {
                return PageView.Kind.LOAD;
            }
            for (PageView.Kind candidate : KINDS) {
                if (candidate.id().equals(id)) {
                    return candidate;
                }
            }
            invalid();
            return PageView.Kind.LOAD;
        }

        @Override
        EventData data() {
            return new PageView(kind, boxed(loadMillis));
        }
    }

    static final class EngagementFields extends EventFields {
        private long engagedMillis = ABSENT;
        private long visibleMillis = ABSENT;
        private long idleMillis = ABSENT;
        private long scrollDepth = ABSENT;

        @Override
        void read(int key, JsonCursor in) throws MalformedBatchException {
            switch (key) {
                case WireKeys.EN -> engagedMillis = integer(in);
                case WireKeys.VS -> visibleMillis = integer(in);
                case WireKeys.ID -> idleMillis = integer(in);
                case WireKeys.SD -> scrollDepth = integer(in, 0, 100);
                default -> in.skipValue();
            }
        }

        @Override
        EventData data() {
            return new Engagement(orElse(engagedMillis, 0), orElse(visibleMillis, 0), orElse(idleMillis, 0), (int)
                    orElse(scrollDepth, 0));
        }
    }

    static final class WebVitalFields extends EventFields {
        private static final String[] NAMES = {"LCP", "INP", "CLS", "FCP", "TTFB"};
        private static final String[] RATINGS = {"good", "needs-improvement", "poor"};

        private @Nullable String name;
        private @Nullable String rating;
        private double value = Double.NaN;

        @Override
        void read(int key, JsonCursor in) throws MalformedBatchException {
            switch (key) {
                case WireKeys.NM -> name = oneOf(NAMES, in);
                case WireKeys.VA -> value = decimal(in);
                case WireKeys.RT -> rating = oneOf(RATINGS, in);
                default -> in.skipValue();
            }
        }

        private @Nullable String oneOf(String[] values, JsonCursor in) throws MalformedBatchException {
            String text = text(in, 32);
            if (text == null) {
                return null;
            }
            for (String candidate : values) {
                if (candidate.equals(text)) {
                    return candidate;
                }
            }
            invalid();
            return null;
        }

        private double decimal(JsonCursor in) throws MalformedBatchException {
            if (!JsonCursor.beginsNumber(in.peek())) {
                wrong(in);
                return Double.NaN;
            }
            double number = in.number() ? in.longValue() : in.doubleValue();
            if (!(number >= 0 && number <= Double.MAX_VALUE)) {
                invalid();
            }
            return number;
        }

        @Override
        @Nullable
        EventData data() {
            return name == null || Double.isNaN(value) ? null : new WebVital(name, value, rating);
        }
    }

    static final class ScriptErrorFields extends EventFields {
        private @Nullable String message;
        private @Nullable String source;
        private long line = ABSENT;

        @Override
        void read(int key, JsonCursor in) throws MalformedBatchException {
            switch (key) {
                case WireKeys.ME -> message = text(in, TextLimits.MESSAGE);
                case WireKeys.SO -> source = text(in, TextLimits.SOURCE);
                case WireKeys.LI -> line = integer(in);
                default -> in.skipValue();
            }
        }

        @Override
        @Nullable
        EventData data() {
            return message == null ? null : new ScriptError(message, source, boxed(line));
        }
    }
}
