package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;
import io.webwatch.event.Click;
import io.webwatch.event.Custom;
import io.webwatch.event.Download;
import io.webwatch.event.Engagement;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import io.webwatch.event.Form;
import io.webwatch.event.Hover;
import io.webwatch.event.ImageView;
import io.webwatch.event.Media;
import io.webwatch.event.MouseMove;
import io.webwatch.event.PageView;
import io.webwatch.event.ScriptError;
import io.webwatch.event.Session;
import io.webwatch.event.WebVital;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Encodes a batch of events as line protocol: the measurements, tags and fields of {@code docs/influxdb.md}, as bytes.
 * Encoding an event again gives the same points. Allocates nothing once the buffers have grown and the values of the tags
 * are known. Not thread-safe, except for {@link #overflows}.
 */
final class LineEncoder {
    /**
     * Size at which a request is full. One mouse movement can become 200 points, so without a limit a batch of a thousand
     * events could fill the heap; and servers limit the size of requests too.
     */
    static final int MAX_BYTES = 2 << 20;

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
    private static final Fragment DEPTH_TAG = Keys.ascii(",depth=");

    private final LineBuffer out = new LineBuffer(1 << 16);
    private final ContextBlock context;
    private final PointWriter point;
    private final ScrollDepths depths = new ScrollDepths();
    private final PropertyWriter properties = new PropertyWriter(out);
    private final FormFieldsWriter formFields = new FormFieldsWriter(out);
    private final MovementPoints movements;
    private final TagValues element;
    private final TagValues file;
    private final TagValues form;
    private final TagValues image;
    private final TagValues media;
    private final TagValues name;
    private int[] ends = new int[1024];
    private int[] lines = new int[1024];
    private int events;

    LineEncoder(int maxTagValues) {
        context = new ContextBlock(maxTagValues);
        point = new PointWriter(out, context);
        movements = new MovementPoints(out, context, point, maxTagValues);
        element = new TagValues("element", maxTagValues);
        file = new TagValues("file", maxTagValues);
        form = new TagValues("form", maxTagValues);
        image = new TagValues("image", maxTagValues);
        media = new TagValues("media", maxTagValues);
        name = new TagValues("name", maxTagValues);
    }

    /**
     * Encodes the first of the given events until the request is full; at least one. Replaces what was encoded before.
     *
     * @return the number of encoded events
     */
    int encode(List<Event> batch) {
        out.clear();
        point.clear();
        if (ends.length < batch.size()) {
            ends = new int[batch.size()];
            lines = new int[batch.size()];
        }
        for (events = 0; events < batch.size() && out.size() < MAX_BYTES; events++) {
            int before = point.points();
            encode(batch.get(events));
            ends[events] = out.size();
            lines[events] = point.points() - before;
        }
        return events;
    }

    /** Returns the bytes of all lines, up to {@code end} of the last event. Valid until the next call of {@code encode}. */
    byte[] array() {
        return out.array();
    }

    /** Returns where the first line of an event begins. */
    int start(int event) {
        return event == 0 ? 0 : ends[event - 1];
    }

    /** Returns where the last line of an event ends, including its line feed. */
    int end(int event) {
        return ends[event];
    }

    /** Returns the number of points of an event. */
    int lines(int event) {
        return lines[event];
    }

    /** Returns the number of encoded events. */
    int events() {
        return events;
    }

    /** Returns how often a value was written as {@value TagValues#OTHER}, for each tag where it was. Thread-safe. */
    Map<String, Long> overflows() {
        List<TagValues> all = new ArrayList<>(context.tags());
        all.addAll(Arrays.asList(element, file, form, image, media, name));
        Map<String, Long> counts = new TreeMap<>();
        all.stream().filter(tag -> tag.overflowed() > 0).forEach(tag -> counts.put(tag.key(), tag.overflowed()));
        if (movements.overflowed() > 0) {
            counts.put("cell", movements.overflowed());
        }
        return counts;
    }

    private void encode(Event event) {
        point.use(event);
        EventData data = event.data();
        if (data instanceof PageView view) {
            pageView(event, view);
        } else if (data instanceof Engagement engagement) {
            engagement(event, engagement);
        } else if (data instanceof Session session) {
            session(event, session);
        } else if (data instanceof Click click) {
            click(event, click);
        } else if (data instanceof MouseMove move) {
            movements.write(event, move);
        } else if (data instanceof Hover hover) {
            hover(event, hover);
        } else if (data instanceof Form value) {
            form(event, value);
        } else if (data instanceof Media value) {
            media(event, value);
        } else {
            rarer(event, data);
        }
    }

    private void rarer(Event event, EventData data) {
        if (data instanceof Download download) {
            download(event, download);
        } else if (data instanceof ImageView view) {
            imageView(event, view);
        } else if (data instanceof WebVital vital) {
            webVital(event, vital);
        } else if (data instanceof ScriptError error) {
            error(event, error);
        } else if (data instanceof Custom custom) {
            custom(event, custom);
        } else {
            throw new IllegalStateException("No measurement for " + data.type());
        }
    }

    private void pageView(Event event, PageView view) {
        point.begin(event);
        point.text(KIND, view.kind().id());
        point.integer(LOAD_MS, view.loadMillis());
        point.finish(event);
    }

    private void engagement(Event event, Engagement engagement) {
        point.begin(event);
        point.integer(ENGAGED_MS, engagement.engagedMillis());
        point.integer(VISIBLE_MS, engagement.visibleMillis());
        point.integer(IDLE_MS, engagement.idleMillis());
        point.integer(SCROLL_DEPTH, engagement.scrollDepth());
        point.finish(event);
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
        point.id(event);
        context.identityFields(out);
        point.integer(SCROLL_DEPTH, depth);
        point.time(event);
    }

    private void session(Event event, Session session) {
        point.begin(event);
        point.text(STATE, session.ended() ? "ended" : "open");
        point.integer(DURATION_MS, session.durationMillis());
        point.integer(ENGAGED_MS, session.engagedMillis());
        point.integer(PAGES, session.pages());
        point.integer(EVENTS, session.events());
        point.text(ENTRY, session.entry());
        point.text(EXIT, session.exit());
        point.flag(BOUNCE, session.bounce());
        point.finish(event);
    }

    private void click(Event event, Click click) {
        point.begin(event, element, click.element());
        point.text(TAG, click.tag());
        point.text(ROLE, click.role());
        point.text(LABEL, click.label());
        point.text(HREF, click.href());
        point.flag(OUTBOUND, click.outbound());
        point.integer(X, click.x());
        point.integer(Y, click.y());
        Click.Box box = click.box();
        if (box != null) {
            point.integer(BOX_X, box.x());
            point.integer(BOX_Y, box.y());
            point.integer(BOX_WIDTH, box.width());
            point.integer(BOX_HEIGHT, box.height());
        }
        point.flag(RAGE, click.rage());
        point.flag(DEAD, click.dead());
        point.finish(event);
    }

    private void hover(Event event, Hover hover) {
        point.begin(event, element, hover.element());
        point.integer(HOVER_MS, hover.hoverMillis());
        point.finish(event);
    }

    private void form(Event event, Form value) {
        point.begin(event, form, value.form());
        point.integer(DURATION_MS, value.durationMillis());
        if (!value.fields().isEmpty()) {
            out.raw(FIELDS);
            formFields.write(value.fields());
        }
        point.text(LAST_FIELD, value.lastField());
        point.finish(event);
    }

    private void media(Event event, Media value) {
        point.begin(event, media, value.media());
        point.text(PROVIDER, value.provider());
        point.integer(POSITION_MS, value.positionMillis());
        point.integer(DURATION_MS, value.durationMillis());
        point.integer(PERCENT, value.percent());
        point.integer(WATCHED_MS, value.watchedMillis());
        point.finish(event);
    }

    private void download(Event event, Download download) {
        point.begin(event, file, download.file());
        point.text(EXTENSION, download.extension());
        point.text(URL, download.url());
        point.finish(event);
    }

    private void imageView(Event event, ImageView view) {
        point.begin(event, image, view.image());
        point.integer(VISIBLE_MS, view.visibleMillis());
        point.finish(event);
    }

    private void webVital(Event event, WebVital vital) {
        point.begin(event, name, vital.name());
        if (Double.isFinite(vital.value())) {
            out.raw(VALUE);
            out.decimal(vital.value());
        }
        point.text(RATING, vital.rating());
        point.finish(event);
    }

    private void error(Event event, ScriptError error) {
        point.begin(event);
        point.text(MESSAGE, error.message());
        point.text(SOURCE, error.source());
        point.integer(LINE, error.line());
        point.finish(event);
    }

    private void custom(Event event, Custom custom) {
        point.begin(event, name, custom.name());
        properties.write(custom.properties());
        point.finish(event);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "LineEncoder[%d events, %d lines, %d bytes]", events, point.points(), out.size());
    }
}
