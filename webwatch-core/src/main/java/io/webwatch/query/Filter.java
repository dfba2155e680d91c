package io.webwatch.query;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A condition that events must meet: the dimension matches one of the values, or with {@link Operator#NOT} none of them.
 * Immutable.
 *
 * @param values at least one value; the empty string matches events for which the dimension is not known
 */
public record Filter(Dimension dimension, Operator operator, List<String> values) {
    /** How a dimension is compared with the values. All comparisons are case-sensitive. */
    public enum Operator {
        IS,
        NOT,
        CONTAINS,
        STARTS;

        private static final Map<String, Operator> BY_ID =
                Stream.of(values()).collect(Collectors.toUnmodifiableMap(Operator::id, operator -> operator));

        private final String id = name().toLowerCase(Locale.ROOT);

        /** Returns the name in requests. */
        public String id() {
            return id;
        }

        /** Returns the operator with the given name, or null. */
        public static @Nullable Operator byId(String id) {
            return BY_ID.get(id);
        }
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
