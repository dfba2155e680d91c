package io.webwatch.query;

import java.util.List;
import java.util.Objects;

/**
 * Keeps what matches any of the values ({@link Operator#NOT}: none of them).
 *
 * @param values at least one; the empty text stands for "not known"
 */
public record Filter(Dimension dimension, Operator operator, List<String> values) {
    /** How values are compared; always case-sensitive. */
    public enum Operator {
        IS,
        NOT,
        CONTAINS,
        STARTS
    }

    public Filter {
        Objects.requireNonNull(dimension, "dimension");
        Objects.requireNonNull(operator, "operator");
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A filter needs at least one value.");
        }
    }
}
