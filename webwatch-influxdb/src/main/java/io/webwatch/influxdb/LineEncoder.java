package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a batch of events as line protocol, straight to bytes: measurements, tags and fields of {@code
 * docs/influxdb.md}. Encoding an event again gives the same points. Nothing is allocated once the buffers have grown and
 * the tags' values have been met. Not thread-safe, but for {@link #overflows}.
 *
 * <p>This file is long because all measurements stand in one place.
 */
final class LineEncoder {
    /**
     * A request is full with this. A movement can make 200 points, so that a batch of a thousand could fill the heap, and
     * what servers take is bounded too.
     */
    static final int MAX_BYTES = 2 << 20;

    private static final Fragment ID = Keys.ascii(" id=\"");
    private static final Fragment TIME_MS = Keys.field("time_ms");
    private static final Fragment KIND = Keys.text("kind");
    private static final Fragment LOAD_MS = Keys.field("load_ms");
    private static final Fragment ENGAGED_MS = Keys.field("engaged_ms");
    private static final Fragment VISIBLE_MS = Keys.field("visible_ms");
    private static final Fragment IDLE_MS = Keys.field("idle_ms");
    private static final Fragment SCROLL_DEPTH = Keys.field("scroll_depth");
    private static final Fragment STATE = Keys.text("state");
    private static final Fragment DURATION_MS = Keys.field("duration_ms");
    private static final Fragment PAGES = Keys.field("pages");
    private static final Fragment EVENTS = Keys.field("events");
    private static final Fragment ENTRY = Keys.text("entry");
    private static final Fragment EXIT = Keys.text("exit");
    private static final Fragment BOUNCE = Keys.field("bounce");
    private static final Fragment TAG = Keys.text("tag");
    private static final Fragment ROLE = Keys.text("role");
    private static final Fragment LABEL = Keys.text("label");
    private static final Fragment HREF = Keys.text("href");
    private static final Fragment OUTBOUND = Keys.field("outbound");
    private static final Fragment X = Keys.field("x");
    private static final Fragment Y = Keys.field("y");
    private static final Fragment BOX_X = Keys.field("box_x");
    private static final Fragment BOX_Y = Keys.field("box_y");
    private static final Fragment BOX_WIDTH = Keys.field("box_width");
    private static final Fragment BOX_HEIGHT = Keys.field("box_height");
    private static final Fragment RAGE = Keys.field("rage");
    private static final Fragment DEAD = Keys.field("dead");
    private static final Fragment COLUMN = Keys.field("column");
    private static final Fragment ROW = Keys.field("row");
    private static final Fragment DWELL_MS = Keys.field("dwell_ms");
    private static final Fragment CELL_PX = Keys.field("cell_px");
    private static final Fragment DOCUMENT_WIDTH = Keys.field("document_width");
    private static final Fragment DOCUMENT_HEIGHT = Keys.field("document_height");
    private static final Fragment FIXED = Keys.field("fixed");
    private static final Fragment HOVER_MS = Keys.field("hover_ms");
    private static final Fragment FIELDS = Keys.field("fields");
    private static final Fragment LAST_FIELD = Keys.text("last_field");
    private static final Fragment PROVIDER = Keys.text("provider");
    private static final Fragment POSITION_MS = Keys.field("position_ms");
    private static final Fragment PERCENT = Keys.field("percent");
    private static final Fragment WATCHED_MS = Keys.field("watched_ms");
    private static final Fragment EXTENSION = Keys.text("extension");
    private static final Fragment URL = Keys.text("url");
    private static final Fragment VALUE = Keys.field("value");
    private static final Fragment RATING = Keys.text("rating");
    private static final Fragment MESSAGE = Keys.text("message");
    private static final Fragment SOURCE = Keys.text("source");
    private static final Fragment LINE = Keys.field("line");
    private static final Fragment CELL_TAG = Keys.ascii(",cell=");
    private static final Fragment OTHER_CELL_TAG = Keys.ascii(",cell=" + TagValues.OTHER);
    private static final Fragment DEPTH_TAG = Keys.ascii(",depth=");
    private static final Fragment TRUE = Keys.ascii("true");
    private static final Fragment FALSE = Keys.ascii("false");

    private final LineBuffer out = new LineBuffer(1 << 16);
    private final ContextBlock context;
    private final ExactFields exact = new ExactFields(1);
    private final ScrollDepths depths = new ScrollDepths();
    private final PropertyWriter properties = new PropertyWriter(out);
    private final FormFieldsWriter formFields = new FormFieldsWriter(out);
    private final CellTags cells;
    private final TagValues element;
    private final TagValues file;
    private final TagValues form;
    private final TagValues image;
    private final TagValues media;
    private final TagValues name;
    private int[] ends = new int[1024];
    private int[] lines = new int[1024];
    private int events;
    private int line;

    LineEncoder(int maxTagValues) {
        context = new ContextBlock(maxTagValues);
        cells = new CellTags(maxTagValues);
        element = new TagValues("element", maxTagValues);
        file = new TagValues("file", maxTagValues);
        form = new TagValues("form", maxTagValues);
        image = new TagValues("image", maxTagValues);
        media = new TagValues("media", maxTagValues);
        name = new TagValues("name", maxTagValues);
    }

    /**
     * Encodes as many of these events as make a request of a reasonable size, at least one, in place of what was encoded
     * before; their number.
     */
    int encode(List<Event> batch) {
        out.clear();
        line = 0;
        if (ends.length < batch.size()) {
            ends = new int[batch.size()];
            lines = new int[batch.size()];
        }
        for (events = 0; events < batch.size() && out.size() < MAX_BYTES; events++) {
            int before = line;
            encode(batch.get(events));
            ends[events] = out.size();
            lines[events] = line - before;
        }
        return events;
    }

    /** The bytes of all lines, up to {@code end} of the last event; until the next batch is encoded. */
    byte[] array() {
        return out.array();
    }

    /** Where an event's first line begins. */
    int start(int event) {
        return event == 0 ? 0 : ends[event - 1];
    }

    /** Where an event's last line ends, line feed included. */
    int end(int event) {
        return ends[event];
    }

    /** Number of an event's points. */
    int lines(int event) {
        return lines[event];
    }

    /** Number of encoded events. */
    int events() {
        return events;
    }

    /** How often a value was written as {@value TagValues#OTHER}, by tag; only tags where it was. Thread-safe. */
    Map<String, Long> overflows() {
        List<TagValues> all = new ArrayList<>(context.tags());
        all.addAll(Arrays.asList(element, file, form, image, media, name));
        Map<String, Long> counts = new TreeMap<>();
        all.stream().filter(tag -> tag.overflowed() > 0).forEach(tag -> counts.put(tag.key(), tag.overflowed()));
        if (cells.overflowed() > 0) {
            counts.put("cell", cells.overflowed());
        }
        return counts;
    }

    private void encode(Event event) {
        context.use(event.context());
        exact.clear();
        EventData data = event.data();
        if (data instanceof EventData.PageView view) {
            pageView(event, view);
        } else if (data instanceof EventData.Engagement engagement) {
            engagement(event, engagement);
        } else if (data instanceof EventData.Session session) {
            session(event, session);
        } else if (data instanceof EventData.Click click) {
            click(event, click);
        } else if (data instanceof EventData.MouseMove move) {
            mouseMove(event, move);
        } else if (data instanceof EventData.Hover hover) {
            hover(event, hover);
        } else if (data instanceof EventData.Form value) {
            form(event, value);
        } else if (data instanceof EventData.Media value) {
            media(event, value);
        } else {
            rarer(event, data);
        }
    }

    private void rarer(Event event, EventData data) {
        if (data instanceof EventData.Download download) {
            download(event, download);
        } else if (data instanceof EventData.ImageView view) {
            imageView(event, view);
        } else if (data instanceof EventData.WebVital vital) {
            webVital(event, vital);
        } else if (data instanceof EventData.ScriptError error) {
            error(event, error);
        } else if (data instanceof EventData.Custom custom) {
            custom(event, custom);
        } else {
            throw new IllegalStateException("No measurement for " + data.type());
        }
    }

    private void pageView(Event event, EventData.PageView view) {
        begin(event, null, null);
        text(KIND, view.kind().id());
        integer(LOAD_MS, view.loadMillis());
        finish(event);
    }

    private void engagement(Event event, EventData.Engagement engagement) {
        begin(event, null, null);
        integer(ENGAGED_MS, engagement.engagedMillis());
        integer(VISIBLE_MS, engagement.visibleMillis());
        integer(IDLE_MS, engagement.idleMillis());
        integer(SCROLL_DEPTH, engagement.scrollDepth());
        finish(event);
        String pageView = event.context().page().id();
        long[] first = depths.reached(pageView, engagement.scrollDepth(), event.timeNanos());
        for (int i = 0; i < first.length; i++) {
            if (first[i] == event.timeNanos()) {
                scrollDepth(event, (i + 1) * 10);
            }
        }
    }

    private void scrollDepth(Event event, int depth) {
        out.raw(Measurements.SCROLL_DEPTHS);
        context.originTags(out);
        out.raw(DEPTH_TAG);
        out.number(depth);
        context.deviceTag(out);
        context.osTag(out);
        context.pageTags(out);
        id(event);
        context.identityFields(out);
        integer(SCROLL_DEPTH, depth);
        end(event);
    }

    private void session(Event event, EventData.Session session) {
        begin(event, null, null);
        text(STATE, session.ended() ? "ended" : "open");
        integer(DURATION_MS, session.durationMillis());
        integer(ENGAGED_MS, session.engagedMillis());
        integer(PAGES, session.pages());
        integer(EVENTS, session.events());
        text(ENTRY, session.entry());
        text(EXIT, session.exit());
        flag(BOUNCE, session.bounce());
        finish(event);
    }

    private void click(Event event, EventData.Click click) {
        begin(event, element, click.element());
        text(TAG, click.tag());
        text(ROLE, click.role());
        text(LABEL, click.label());
        text(HREF, click.href());
        flag(OUTBOUND, click.outbound());
        integer(X, click.x());
        integer(Y, click.y());
        EventData.Box box = click.box();
        if (box != null) {
            integer(BOX_X, box.x());
            integer(BOX_Y, box.y());
            integer(BOX_WIDTH, box.width());
            integer(BOX_HEIGHT, box.height());
        }
        flag(RAGE, click.rage());
        flag(DEAD, click.dead());
        finish(event);
    }

    private void mouseMove(Event event, EventData.MouseMove move) {
        List<EventData.Cell> list = move.cells();
        long otherMillis = 0;
        boolean other = list.isEmpty(); // a movement without cells is told too
        for (int i = 0; i < list.size(); i++) {
            EventData.Cell cell = list.get(i);
            if (contains(list, i, cell)) {
                continue; // told with the first
            }
            long millis = dwell(list, i, cell);
            if (cells.admit(cell.column(), cell.row())) {
                cell(event, move, cell, millis);
            } else {
                other = true;
                otherMillis += millis;
            }
        }
        if (other) {
            cell(event, move, null, otherMillis);
        }
    }

    /** Whether the list holds that cell before an index: points of one cell and time would replace each other. */
    private static boolean contains(List<EventData.Cell> list, int before, EventData.Cell cell) {
        for (int i = 0; i < before; i++) {
            if (same(list.get(i), cell)) {
                return true;
            }
        }
        return false;
    }

    private static long dwell(List<EventData.Cell> list, int from, EventData.Cell cell) {
        long millis = 0;
        for (int i = from; i < list.size(); i++) {
            if (same(list.get(i), cell)) {
                millis += list.get(i).dwellMillis();
            }
        }
        return millis;
    }

    private static boolean same(EventData.Cell one, EventData.Cell other) {
        return one.column() == other.column() && one.row() == other.row();
    }

    private void cell(Event event, EventData.MouseMove move, EventData.@Nullable Cell cell, long dwellMillis) {
        out.raw(Measurements.of(event.type()));
        if (cell != null) {
            out.raw(CELL_TAG);
            out.number(cell.column());
            out.one(':');
            out.number(cell.row());
        } else if (!move.cells().isEmpty()) {
            out.raw(OTHER_CELL_TAG);
        }
        context.deviceTag(out);
        context.pageTags(out);
        id(event);
        context.identityFields(out);
        if (cell != null) {
            integer(COLUMN, cell.column());
            integer(ROW, cell.row());
        }
        integer(DWELL_MS, dwellMillis);
        integer(CELL_PX, move.cellPixels());
        integer(DOCUMENT_WIDTH, move.documentWidth());
        integer(DOCUMENT_HEIGHT, move.documentHeight());
        flag(FIXED, move.fixed());
        end(event);
    }

    private void hover(Event event, EventData.Hover hover) {
        begin(event, element, hover.element());
        integer(HOVER_MS, hover.hoverMillis());
        finish(event);
    }

    private void form(Event event, EventData.Form value) {
        begin(event, form, value.form());
        integer(DURATION_MS, value.durationMillis());
        if (!value.fields().isEmpty()) {
            out.raw(FIELDS);
            formFields.write(value.fields());
        }
        text(LAST_FIELD, value.lastField());
        finish(event);
    }

    private void media(Event event, EventData.Media value) {
        begin(event, media, value.media());
        text(PROVIDER, value.provider());
        integer(POSITION_MS, value.positionMillis());
        integer(DURATION_MS, value.durationMillis());
        integer(PERCENT, value.percent());
        integer(WATCHED_MS, value.watchedMillis());
        finish(event);
    }

    private void download(Event event, EventData.Download download) {
        begin(event, file, download.file());
        text(EXTENSION, download.extension());
        text(URL, download.url());
        finish(event);
    }

    private void imageView(Event event, EventData.ImageView view) {
        begin(event, image, view.image());
        integer(VISIBLE_MS, view.visibleMillis());
        finish(event);
    }

    private void webVital(Event event, EventData.WebVital vital) {
        begin(event, name, vital.name());
        if (Double.isFinite(vital.value())) {
            out.raw(VALUE);
            out.decimal(vital.value());
        }
        text(RATING, vital.rating());
        finish(event);
    }

    private void error(Event event, EventData.ScriptError error) {
        begin(event, null, null);
        text(MESSAGE, error.message());
        text(SOURCE, error.source());
        integer(LINE, error.line());
        finish(event);
    }

    private void custom(Event event, EventData.Custom custom) {
        begin(event, name, custom.name());
        properties.write(custom.properties());
        finish(event);
    }

    /** Measurement, tags and the event's id. */
    private void begin(Event event, @Nullable TagValues key, @Nullable String value) {
        out.raw(Measurements.of(event.type()));
        context.originTags(out);
        context.deviceTag(out);
        TagValues.Tag tag = key == null ? null : exact.tag(key, value);
        if (key != null && tag != null) {
            out.raw(tag.text());
            if (key.isOther(tag)) {
                key.countOverflow();
            }
        }
        context.osTag(out);
        context.pageTags(out);
        id(event);
    }

    private void id(Event event) {
        out.raw(ID);
        out.quotedPart(event.id().pageView());
        out.one('.');
        out.number(event.id().sequence());
        out.one('"');
    }

    private void finish(Event event) {
        exact.write(out);
        context.allFields(out);
        end(event);
    }

    private void end(Event event) {
        if (event.timeMillis() != event.timeNanos() / 1_000_000) {
            integer(TIME_MS, event.timeMillis());
        }
        out.one(' ');
        out.number(event.timeNanos());
        out.one('\n');
        line++;
    }

    private void text(Fragment key, @Nullable String value) {
        if (value != null) {
            out.text(key, value);
        }
    }

    private void integer(Fragment key, long value) {
        out.integer(key, value);
    }

    private void integer(Fragment key, @Nullable Long value) {
        if (value != null) {
            integer(key, value.longValue());
        }
    }

    private void integer(Fragment key, @Nullable Integer value) {
        if (value != null) {
            integer(key, value.longValue());
        }
    }

    private void flag(Fragment key, boolean value) {
        out.raw(key);
        out.raw(value ? TRUE : FALSE);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "LineEncoder[%d events, %d lines, %d bytes]", events, line, out.size());
    }
}
