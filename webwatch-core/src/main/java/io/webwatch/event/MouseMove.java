package io.webwatch.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pointer movement, summarised by cells of a grid.
 *
 * @param cellPixels width and height of a cell
 * @param fixed whether cells are relative to the viewport instead of the document
 * @param cells at most 200, in the order in which the pointer reached them
 */
public record MouseMove(
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

    /** How long the pointer stayed in one cell of the grid. */
    public record Cell(int column, int row, long dwellMillis) implements Attributed {
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
}
