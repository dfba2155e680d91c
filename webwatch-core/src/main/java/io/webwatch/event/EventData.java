package io.webwatch.event;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is specific to one type of event, as a record with the attributes of {@code docs/events.md}. Immutable; null means
 * "not known". Each record writes and reads its attributes in the same order, so a new attribute is added in its record
 * only.
 */
public sealed interface EventData extends Attributed {
    /** Returns the type of the event that has this data. */
    EventType type();

    /** Why a page was shown. */
    enum PageViewKind {
        LOAD,
        SPA,
        RESTORE,
        NOSCRIPT;

        private static final Map<String, PageViewKind> BY_ID =
                Stream.of(values()).collect(Collectors.toUnmodifiableMap(PageViewKind::id, Function.identity()));

        private final String id = name().toLowerCase(Locale.ROOT);

        /** Returns the name on the wire and in stores. */
        public String id() {
            return id;
        }

        /** Returns the kind with that name, or null if there is none. */
        public static @Nullable PageViewKind byId(String id) {
            return BY_ID.get(id);
        }
    }

    /**
     * A page was shown.
     *
     * @param loadMillis time from the start of the navigation to the load event
     */
    record PageView(PageViewKind kind, @Nullable Long loadMillis) implements EventData {
        @Override
        public EventType type() {
            return EventType.PAGE_VIEW;
        }

        @Override
        public void writeTo(AttributeWriter out) {
            out.text("kind", kind.id());
            out.integer("load_ms", loadMillis);
        }

        static PageView readFrom(AttributeReader in) {
            return new PageView(in.constant("kind", PageViewKind::byId), in.integer("load_ms"));
        }
    }

    /**
     * Attention since the previous engagement event of the page view.
     *
     * @param engagedMillis time visible, focused and not idle, since the previous event
     * @param visibleMillis time visible, since the previous event
     * @param idleMillis time visible without input for longer than the idle cut-off, since the previous event
     * @param scrollDepth deepest point of the page view so far, in percent of the document
     */
    record Engagement(long engagedMillis, long visibleMillis, long idleMillis, int scrollDepth) implements EventData {
        @Override
        public EventType type() {
            return EventType.ENGAGEMENT;
        }

        @Override
        public void writeTo(AttributeWriter out) {
            out.integer("engaged_ms", engagedMillis);
            out.integer("visible_ms", visibleMillis);
            out.integer("idle_ms", idleMillis);
            out.integer("scroll_depth", scrollDepth);
        }

        static Engagement readFrom(AttributeReader in) {
            return new Engagement(
                    in.requiredInteger("engaged_ms"),
                    in.requiredInteger("visible_ms"),
                    in.requiredInteger("idle_ms"),
                    in.requiredInt("scroll_depth"));
        }
    }

    /**
     * A session. Every copy has the same id and time; a later copy replaces an earlier one.
     *
     * @param ended whether the session timed out, so that this copy is the last
     * @param pages number of page views
     * @param events number of events, including page views
     * @param entry path of the first page view
     * @param exit path of the latest page view
     * @param bounce whether the visitor left without doing anything, see {@link #isBounce}
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
        private static final String OPEN = "open";
        private static final String ENDED = "ended";

        /**
         * Returns whether a session is a bounce: it has exactly one page view and no interaction. A session without a page
         * view is not a bounce.
         *
         * @param interactions number of events whose type {@linkplain EventType#isInteraction is an interaction}
         */
        public static boolean isBounce(long pages, long interactions) {
            return pages == 1 && interactions == 0;
        }

        @Override
        public EventType type() {
            return EventType.SESSION;
        }

        @Override
        public void writeTo(AttributeWriter out) {
            out.text("state", ended ? ENDED : OPEN);
            out.integer("duration_ms", durationMillis);
            out.integer("engaged_ms", engagedMillis);
            out.integer("pages", pages);
            out.integer("events", events);
            out.text("entry", entry);
            out.text("exit", exit);
            out.flag("bounce", bounce);
        }

        static Session readFrom(AttributeReader in) {
            return new Session(
                    in.requiredText("state").equals(ENDED),
                    in.requiredInteger("duration_ms"),
                    in.requiredInteger("engaged_ms"),
                    in.requiredInteger("pages"),
                    in.requiredInteger("events"),
                    in.text("entry"),
                    in.text("exit"),
                    in.flag("bounce"));
        }
    }

    /** A box in document pixels. */
    record Box(int x, int y, int width, int height) implements Attributed {
        @Override
        public void writeTo(AttributeWriter out) {
            out.integer("x", x);
            out.integer("y", y);
            out.integer("width", width);
            out.integer("height", height);
        }

        static Box readFrom(AttributeReader in) {
            return new Box(in.requiredInt("x"), in.requiredInt("y"), in.requiredInt("width"), in.requiredInt("height"));
        }
    }

    /**
     * A click or tap.
     *
     * @param element selector that is the same for every visitor
     * @param href target without its query
     * @param x in per mille of the document's width
     * @param y in per mille of the document's height
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
        public void writeTo(AttributeWriter out) {
            out.text("element", element);
            out.text("tag", tag);
            out.text("role", role);
            out.text("label", label);
            out.text("href", href);
            out.flag("outbound", outbound);
            out.integer("x", x);
            out.integer("y", y);
            out.object("box", box);
            out.flag("rage", rage);
            out.flag("dead", dead);
        }

        static Click readFrom(AttributeReader in) {
            return new Click(
                    in.requiredText("element"),
                    in.text("tag"),
                    in.text("role"),
                    in.text("label"),
                    in.text("href"),
                    in.flag("outbound"),
                    in.optionalInt("x"),
                    in.optionalInt("y"),
                    in.object("box", Box::readFrom),
                    in.flag("rage"),
                    in.flag("dead"));
        }
    }

    /** How long the pointer stayed in one cell of the grid. */
    record Cell(int column, int row, long dwellMillis) implements Attributed {
        @Override
        public void writeTo(AttributeWriter out) {
            out.integer("column", column);
            out.integer("row", row);
            out.integer("dwell_ms", dwellMillis);
        }

        static Cell readFrom(AttributeReader in) {
            return new Cell(in.requiredInt("column"), in.requiredInt("row"), in.requiredInteger("dwell_ms"));
        }
    }

    /**
     * Pointer movement, summarised by cells of a grid.
     *
     * @param cellPixels width and height of a cell
     * @param fixed whether cells are relative to the viewport instead of the document
     * @param cells at most 200, in the order in which the pointer reached them
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
        public void writeTo(AttributeWriter out) {
            out.integer("cell_px", cellPixels);
            out.integer("document_width", documentWidth);
            out.integer("document_height", documentHeight);
            out.flag("fixed", fixed);
            out.list("cells", cells);
        }

        static MouseMove readFrom(AttributeReader in) {
            return new MouseMove(
                    in.requiredInt("cell_px"),
                    in.optionalInt("document_width"),
                    in.optionalInt("document_height"),
                    in.flag("fixed"),
                    in.list("cells", Cell::readFrom));
        }
    }

    /** The pointer rested on an element for which hovers are captured. */
    record Hover(String element, long hoverMillis) implements EventData {
        @Override
        public EventType type() {
            return EventType.HOVER;
        }

        @Override
        public void writeTo(AttributeWriter out) {
            out.text("element", element);
            out.integer("hover_ms", hoverMillis);
        }

        static Hover readFrom(AttributeReader in) {
            return new Hover(in.requiredText("element"), in.requiredInteger("hover_ms"));
        }
    }

    /** How a visitor used one field of a form; never its value. */
    record FormField(String name, long focuses, long millis, long changes) implements Attributed {
        @Override
        public void writeTo(AttributeWriter out) {
            out.text("name", name);
            out.integer("focuses", focuses);
            out.integer("ms", millis);
            out.integer("changes", changes);
        }

        static FormField readFrom(AttributeReader in) {
            return new FormField(
                    in.requiredText("name"),
                    in.requiredInteger("focuses"),
                    in.requiredInteger("ms"),
                    in.requiredInteger("changes"));
        }
    }

    /**
     * A form was started, submitted, abandoned or invalid.
     *
     * @param type one of the four form types
     * @param durationMillis time since the first focus
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
        public void writeTo(AttributeWriter out) {
            out.text("form", form);
            out.integer("duration_ms", durationMillis);
            out.list("fields", fields);
            out.text("last_field", lastField);
        }

        static Form readFrom(EventType type, AttributeReader in) {
            return new Form(
                    type,
                    in.requiredText("form"),
                    in.integer("duration_ms"),
                    in.list("fields", FormField::readFrom),
                    in.text("last_field"));
        }
    }

    /**
     * Playback of video or audio.
     *
     * @param type one of the eight media types
     * @param provider {@code html5}, {@code youtube} or {@code vimeo}
     * @param watchedMillis time that was actually played
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
        public void writeTo(AttributeWriter out) {
            out.text("media", media);
            out.text("provider", provider);
            out.integer("position_ms", positionMillis);
            out.integer("duration_ms", durationMillis);
            out.integer("percent", percent);
            out.integer("watched_ms", watchedMillis);
        }

        static Media readFrom(EventType type, AttributeReader in) {
            return new Media(
                    type,
                    in.requiredText("media"),
                    in.requiredText("provider"),
                    in.integer("position_ms"),
                    in.integer("duration_ms"),
                    in.optionalInt("percent"),
                    in.integer("watched_ms"));
        }
    }

    /** A visitor followed a link to a file. */
    record Download(
            String url, @Nullable String file, @Nullable String extension) implements EventData {
        @Override
        public EventType type() {
            return EventType.DOWNLOAD;
        }

        @Override
        public void writeTo(AttributeWriter out) {
            out.text("file", file);
            out.text("extension", extension);
            out.text("url", url);
        }

        static Download readFrom(AttributeReader in) {
            String file = in.text("file");
            String extension = in.text("extension");
            return new Download(in.requiredText("url"), file, extension);
        }
    }

    /** At least half of an image was visible for one second. */
    record ImageView(String image, @Nullable Long visibleMillis) implements EventData {
        @Override
        public EventType type() {
            return EventType.IMAGE_VIEW;
        }

        @Override
        public void writeTo(AttributeWriter out) {
            out.text("image", image);
            out.integer("visible_ms", visibleMillis);
        }

        static ImageView readFrom(AttributeReader in) {
            return new ImageView(in.requiredText("image"), in.integer("visible_ms"));
        }
    }

    /**
     * A Core Web Vital or a similar measurement.
     *
     * @param value milliseconds, or a score for CLS
     * @param rating {@code good}, {@code needs-improvement} or {@code poor}; if null, it is derived from the value where
     *     there are published thresholds
     */
    record WebVital(String name, double value, @Nullable String rating) implements EventData {
        public WebVital {
            rating = rating == null ? VitalRating.of(name, value) : rating;
        }

        @Override
        public EventType type() {
            return EventType.WEB_VITAL;
        }

        @Override
        public void writeTo(AttributeWriter out) {
            out.text("name", name);
            out.decimal("value", value);
            out.text("rating", rating);
        }

        static WebVital readFrom(AttributeReader in) {
            return new WebVital(in.requiredText("name"), in.decimal("value"), in.text("rating"));
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
        public void writeTo(AttributeWriter out) {
            out.text("message", message);
            out.text("source", source);
            out.integer("line", line);
        }

        static ScriptError readFrom(AttributeReader in) {
            return new ScriptError(in.requiredText("message"), in.text("source"), in.integer("line"));
        }
    }

    /**
     * An event that the application defines.
     *
     * @param properties at most 32 of type String, Long, Double or Boolean, in the given order
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
        public void writeTo(AttributeWriter out) {
            out.text("name", name);
            out.properties("props", properties);
        }

        static Custom readFrom(AttributeReader in) {
            return new Custom(in.requiredText("name"), in.properties("props"));
        }
    }
}
