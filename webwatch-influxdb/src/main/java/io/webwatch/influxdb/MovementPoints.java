package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;
import io.webwatch.event.Event;
import io.webwatch.event.MouseMove;
import io.webwatch.event.MouseMove.Cell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one point for each cell of a mouse movement, with the cell as a tag. Cells beyond the limit of distinct tag values
 * share one point. Not thread-safe, except for {@link #overflowed}.
 */
final class MovementPoints {
    private static final Fragment COLUMN = Keys.field("column");
    private static final Fragment ROW = Keys.field("row");
    private static final Fragment DWELL_MS = Keys.field("dwell_ms");
    private static final Fragment CELL_PX = Keys.field("cell_px");
    private static final Fragment DOCUMENT_WIDTH = Keys.field("document_width");
    private static final Fragment DOCUMENT_HEIGHT = Keys.field("document_height");
    private static final Fragment FIXED = Keys.field("fixed");
    private static final Fragment CELL_TAG = Keys.ascii(",cell=");
    private static final Fragment OTHER_CELL_TAG = Keys.ascii(",cell=" + TagValues.OTHER);

    private final LineBuffer out;
    private final ContextBlock context;
    private final PointWriter point;
    private final CellTags tags;

    MovementPoints(LineBuffer out, ContextBlock context, PointWriter point, int maxTagValues) {
        this.out = out;
        this.context = context;
        this.point = point;
        this.tags = new CellTags(maxTagValues);
    }

    void write(Event event, MouseMove move) {
        List<Cell> cells = move.cells();
        long otherMillis = 0;
        boolean other = cells.isEmpty(); // a movement without cells is a point too
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            if (contains(cells, i, cell)) {
                continue; // part of the point of the first
            }
            long millis = dwell(cells, i, cell);
            if (tags.admit(cell.column(), cell.row())) {
                write(event, move, cell, millis);
            } else {
                other = true;
                otherMillis += millis;
            }
        }
        if (other) {
            write(event, move, null, otherMillis);
        }
    }

    /**
     * Returns whether the list contains the cell before an index. Points of the same cell and time would replace each
     * other, so all visits of a cell are one point.
     */
    private static boolean contains(List<Cell> cells, int before, Cell cell) {
        for (int i = 0; i < before; i++) {
            if (isSame(cells.get(i), cell)) {
                return true;
            }
        }
        return false;
    }

    private static long dwell(List<Cell> cells, int from, Cell cell) {
        long millis = 0;
        for (int i = from; i < cells.size(); i++) {
            if (isSame(cells.get(i), cell)) {
                millis += cells.get(i).dwellMillis();
            }
        }
        return millis;
    }

    private static boolean isSame(Cell one, Cell other) {
        return one.column() == other.column() && one.row() == other.row();
    }

    private void write(Event event, MouseMove move, @Nullable Cell cell, long dwellMillis) {
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
        point.id(event);
        context.identityFields(out);
        if (cell != null) {
            point.integer(COLUMN, cell.column());
            point.integer(ROW, cell.row());
        }
        point.integer(DWELL_MS, dwellMillis);
        point.integer(CELL_PX, move.cellPixels());
        point.integer(DOCUMENT_WIDTH, move.documentWidth());
        point.integer(DOCUMENT_HEIGHT, move.documentHeight());
        point.flag(FIXED, move.fixed());
        point.time(event);
    }

    /** Returns how often a cell was beyond the limit. Thread-safe. */
    long overflowed() {
        return tags.overflowed();
    }
}
