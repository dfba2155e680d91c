package io.webwatch.event;

import org.jspecify.annotations.Nullable;

/**
 * A click or tap.
 *
 * @param element selector that is the same for every visitor
 * @param href target without its query
 * @param x in per mille of the document's width
 * @param y in per mille of the document's height
 */
public record Click(
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

    /** A box in document pixels. */
    public record Box(int x, int y, int width, int height) implements Attributed {
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
}
