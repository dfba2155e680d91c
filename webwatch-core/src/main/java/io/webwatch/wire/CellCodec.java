package io.webwatch.wire;

import io.webwatch.event.MouseMove.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes the cells of {@code mouse_move} as a chain of base64 VLQ numbers (ECMA-426, with the URL-safe alphabet): column step,
 * row step, dwell.
 */
final class CellCodec {
    static final int MAX_CELLS = 200;
    static final int MAX_POSITION = 65_535;
    static final int DWELL_UNIT_MILLIS = 50;

    private static final int MAX_DIGITS = 6;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            VALUES[ALPHABET.charAt(i)] = (byte) i;
        }
    }

    private CellCodec() {}

    /** Returns the cells, or null if the chain is invalid, too long or leaves the grid. */
    static @Nullable List<Cell> decode(byte[] chain, int from, int to) {
        List<Cell> cells = new ArrayList<>((to - from) / 3);
        int column = 0;
        int row = 0;
        int part = 0;
        int value = 0;
        int shift = 0;
        for (int i = from; i < to; i++) {
            int digit = VALUES[chain[i] & 0xff];
            if (digit < 0 || shift == 5 * MAX_DIGITS) {
                return null;
            }
            value |= (digit & 31) << shift;
            if ((digit & 32) != 0) {
                shift += 5;
                continue;
            }
            if (part == 0) {
                column += step(value);
            } else if (part == 1) {
                row += step(value);
            } else if (outside(column) || outside(row) || cells.size() == MAX_CELLS) {
                return null;
            } else {
                cells.add(new Cell(column, row, (long) value * DWELL_UNIT_MILLIS));
            }
            part = part == 2 ? 0 : part + 1;
            value = 0;
            shift = 0;
        }
        return part == 0 && shift == 0 ? cells : null;
    }

    private static int step(int value) {
        return (value & 1) == 0 ? value >>> 1 : -(value >>> 1);
    }

    private static boolean outside(int position) {
        return position < 0 || position > MAX_POSITION;
    }

    /** Returns the chain of cells, with dwell times rounded to their unit. */
    static String encode(List<Cell> cells) {
        StringBuilder out = new StringBuilder(cells.size() * 4);
        int column = 0;
        int row = 0;
        for (Cell cell : cells) {
            number(signed(cell.column() - column), out);
            number(signed(cell.row() - row), out);
            number(Math.round(cell.dwellMillis() / (double) DWELL_UNIT_MILLIS), out);
            column = cell.column();
            row = cell.row();
        }
        return out.toString();
    }

    private static long signed(int step) {
        return step < 0 ? (long) -step << 1 | 1 : (long) step << 1;
    }

    private static void number(long value, StringBuilder out) {
        long rest = value;
        do {
            int digit = (int) (rest & 31);
            rest >>>= 5;
            out.append(ALPHABET.charAt(rest == 0 ? digit : digit | 32));
        } while (rest != 0);
    }
}
