package io.webwatch.event;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is particular to one type of event. Immutable; null means "not known". The attribute names told to the visitor
 * are those of {@code docs/events.md}.
 *
 * <p>This file is long because the whole vocabulary stands in one place.
 */
public sealed interface EventData extends Attributed {
    /** The type of the event that carries this data. */
    EventType type();

    /** Where a page view came from. */
    enum PageViewKind {
        LOAD,
        SPA,
        RESTORE,
        NOSCRIPT;

        private final String id = name().toLowerCase(Locale.ROOT);

        /** Returns the name on the wire and in stores. */
        public String id() {
            return id;
        }

        /** Returns the kind with that name, or null if there is none. */
        public static @Nullable PageViewKind byId(String id) {
            for (PageViewKind kind : values()) {
                if (kind.id.equals(id)) {
                    return kind;
                }
            }
            return null;
        }
    }

    /**
     * A page was shown.
     *
     * @param loadMillis from navigation start to the load event
     */
    record PageView(PageViewKind kind, @Nullable Long loadMillis) implements EventData {
        @Override
        public EventType type() {
            return EventType.PAGE_VIEW;
        }

        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.text("kind", kind.id());
            visitor.integer("load_ms", loadMillis);
        }
    }

    /**
     * Attention since the previous engagement event of the page view.
     *
     * @param engagedMillis visible, focused and not idle; an increment
     * @param visibleMillis visible; an increment
     * @param idleMillis visible without input for longer than the idle cut-off; an increment
     * @param scrollDepth deepest point so far, percent of the document
     */
    record Engagement(long engagedMillis, long visibleMillis, long idleMillis, int scrollDepth) implements EventData {
        @Override
        public EventType type() {
            return EventType.ENGAGEMENT;
        }

        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.integer("engaged_ms", engagedMillis);
            visitor.integer("visible_ms", visibleMillis);
            visitor.integer("idle_ms", idleMillis);
            visitor.integer("scroll_depth", (long) scrollDepth);
        }
    }

    /**
     * A session as the server sees it. Every copy has the same id and time; a later one replaces an earlier one.
     *
     * @param ended whether the session timed out, so that this copy is the last
     * @param pages number of page views
     * @param events number of events, page views included
     * @param entry path of the first page view
     * @param exit path of the latest page view
     * @param bounce one page view and no other interaction
     */
    record Session(
            boolean ended,
            long durationMillis,
            long engagedMillis,
            long pages,
            long events,
            @Nullable String entry,
            @Nullable String exit,
            boolean bounce)
            implements EventData {
        @Override
        public EventType type() {
            return EventType.SESSION;
        }

        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.text("state", ended ? "ended" : "open");
            visitor.integer("duration_ms", durationMillis);
            visitor.integer("engaged_ms", engagedMillis);
            visitor.integer("pages", pages);
            visitor.integer("events", events);
            visitor.text("entry", entry);
            visitor.text("exit", exit);
            visitor.flag("bounce", bounce);
        }
    }

    /** A box in document pixels. */
    record Box(int x, int y, int width, int height) implements Attributed {
        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.integer("x", (long) x);
            visitor.integer("y", (long) y);
            visitor.integer("width", (long) width);
            visitor.integer("height", (long) height);
        }
    }

    /**
     * A click or tap.
     *
     * @param element stable selector
     * @param href target, without its query
     * @param x per mille of the document's width
     * @param y per mille of the document's height
     */
    record Click(
            String element,
            @Nullable String tag,
            @Nullable String role,
            @Nullable String label,
            @Nullable String href,
            boolean outbound,
            @Nullable Integer x,
            @Nullable Integer y,
            @Nullable Box box,
            boolean rage,
            boolean dead)
            implements EventData {
        @Override
        public EventType type() {
            return EventType.CLICK;
        }

        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.text("element", element);
            visitor.text("tag", tag);
            visitor.text("role", role);
            visitor.text("label", label);
            visitor.text("href", href);
            visitor.flag("outbound", outbound);
            visitor.integer("x", x == null ? null : x.longValue());
            visitor.integer("y", y == null ? null : y.longValue());
            visitor.object("box", box);
            visitor.flag("rage", rage);
            visitor.flag("dead", dead);
        }
    }

    /** Dwell of the pointer in one cell of the grid. */
    record Cell(int column, int row, long dwellMillis) implements Attributed {
        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.integer("column", (long) column);
            visitor.integer("row", (long) row);
            visitor.integer("dwell_ms", dwellMillis);
        }
    }

    /**
     * Pointer movement, folded to cells.
     *
     * @param cellPixels edge of a cell
     * @param fixed whether cells count from the viewport instead of the document
     * @param cells at most 200, in the order in which they were reached
     */
    record MouseMove(
            int cellPixels,
            @Nullable Integer documentWidth,
            @Nullable Integer documentHeight,
            boolean fixed,
            List<Cell> cells)
            implements EventData {
        public MouseMove {
            cells = List.copyOf(cells);
        }

        @Override
        public EventType type() {
            return EventType.MOUSE_MOVE;
        }

        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.integer("cell_px", (long) cellPixels);
            visitor.integer("document_width", documentWidth == null ? null : documentWidth.longValue());
            visitor.integer("document_height", documentHeight == null ? null : documentHeight.longValue());
            visitor.flag("fixed", fixed);
            visitor.list("cells", cells);
        }
    }

    /** The pointer rested on an element that asked for it. */
    record Hover(String element, long hoverMillis) implements EventData {
        @Override
        public EventType type() {
            return EventType.HOVER;
        }

        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.text("element", element);
            visitor.integer("hover_ms", hoverMillis);
        }
    }

    /** How one field of a form was dealt with; never its value. */
    record FormField(String name, long focuses, long millis, long changes) implements Attributed {
        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.text("name", name);
            visitor.integer("focuses", focuses);
            visitor.integer("ms", millis);
            visitor.integer("changes", changes);
        }
    }

    /**
     * A form was started, submitted, left or found invalid.
     *
     * @param type one of the four form types
     * @param durationMillis since the first focus
     * @param fields at most 50
     */
    record Form(
            EventType type,
            String form,
            @Nullable Long durationMillis,
            List<FormField> fields,
            @Nullable String lastField)
            implements EventData {
        public Form {
            Objects.requireNonNull(type, "type");
            fields = List.copyOf(fields);
        }

        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.text("form", form);
            visitor.integer("duration_ms", durationMillis);
            visitor.list("fields", fields);
            visitor.text("last_field", lastField);
        }
    }

    /**
     * Playback of a video or of sound.
     *
     * @param type one of the eight media types
     * @param provider {@code html5}, {@code youtube}, {@code vimeo}
     * @param watchedMillis really played
     */
    record Media(
            EventType type,
            String media,
            String provider,
            @Nullable Long positionMillis,
            @Nullable Long durationMillis,
            @Nullable Integer percent,
            @Nullable Long watchedMillis)
            implements EventData {
        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.text("media", media);
            visitor.text("provider", provider);
            visitor.integer("position_ms", positionMillis);
            visitor.integer("duration_ms", durationMillis);
            visitor.integer("percent", percent == null ? null : percent.longValue());
            visitor.integer("watched_ms", watchedMillis);
        }
    }

    /** A link to a file was followed. */
    record Download(
            String url, @Nullable String file, @Nullable String extension) implements EventData {
        @Override
        public EventType type() {
            return EventType.DOWNLOAD;
        }

        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.text("file", file);
            visitor.text("extension", extension);
            visitor.text("url", url);
        }
    }

    /** An image was seen: half of it for one second. */
    record ImageView(String image, @Nullable Long visibleMillis) implements EventData {
        @Override
        public EventType type() {
            return EventType.IMAGE_VIEW;
        }

        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.text("image", image);
            visitor.integer("visible_ms", visibleMillis);
        }
    }

    /**
     * A Core Web Vital or its kin.
     *
     * @param value milliseconds, or a score for CLS
     * @param rating {@code good}, {@code needs-improvement} or {@code poor}; when null, that of the
     *     <a href="https://web.dev/articles/vitals">published limits</a>, where there are any for the name
     */
    record WebVital(String name, double value, @Nullable String rating) implements EventData {
        public WebVital {
            rating = rating == null && value >= 0 ? rate(name, value) : rating;
        }

        private static @Nullable String rate(String name, double value) {
            return switch (name) {
                case "LCP" -> rate(value, 2500, 4000);
                case "INP" -> rate(value, 200, 500);
                case "CLS" -> rate(value, 0.1, 0.25);
                case "FCP" -> rate(value, 1800, 3000);
                case "TTFB" -> rate(value, 800, 1800);
                default -> null;
            };
        }

        private static String rate(double value, double good, double poor) {
            return value > poor ? "poor" : value > good ? "needs-improvement" : "good";
        }

        @Override
        public EventType type() {
            return EventType.WEB_VITAL;
        }

        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.text("name", name);
            visitor.decimal("value", value);
            visitor.text("rating", rating);
        }
    }

    /** An uncaught script error. */
    record ScriptError(
            String message,
            @Nullable String source,
            @Nullable Long line) implements EventData {
        @Override
        public EventType type() {
            return EventType.ERROR;
        }

        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.text("message", message);
            visitor.text("source", source);
            visitor.integer("line", line);
        }
    }

    /**
     * An event of the application's own.
     *
     * @param properties at most 32 of type String, Long, Double or Boolean, in the order in which they were given
     */
    record Custom(String name, Map<String, Object> properties) implements EventData {
        public Custom {
            Objects.requireNonNull(name, "name");
            properties = CustomProperties.checked(properties);
        }

        @Override
        public EventType type() {
            return EventType.CUSTOM;
        }

        @Override
        public void attributes(AttributeVisitor visitor) {
            visitor.text("name", name);
            visitor.object("props", properties.isEmpty() ? null : inner -> CustomProperties.tell(properties, inner));
        }
    }
}
