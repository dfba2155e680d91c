package io.webwatch.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Defines how the text of a property is parsed and described. Immutable. Parsing errors are
 * {@link IllegalArgumentException}s whose message completes "value …", such as "is below 2".
 *
 * @param <T> type of the value
 */
public final class ValueType<T> {
    private static final String SECRET = "(secret)";

    private final String javaType;
    private final String description;
    private final String example;
    private final Function<String, T> parser;
    private final boolean secret;
    private final @Nullable Keys keys;

    /**
     * The names below a property that holds a map.
     *
     * @param shown placeholder for a name in the documentation
     * @param known all possible names; empty if any name is possible
     * @param canonical returns the canonical form of a name, or null if it is not valid
     */
    private record Keys(String shown, List<String> known, Function<String, @Nullable String> canonical) {}

    private ValueType(String javaType, String description, String example, Function<String, T> parser) {
        this(javaType, description, example, parser, false, null);
    }

    private ValueType(
            String javaType,
            String description,
            String example,
            Function<String, T> parser,
            boolean secret,
            @Nullable Keys keys) {
        this.javaType = javaType;
        this.description = description;
        this.example = example;
        this.parser = parser;
        this.secret = secret;
        this.keys = keys;
    }

    T parse(String text) {
        return parser.apply(text);
    }

    /** Returns the text as it may appear in a message. */
    String shown(String text) {
        return secret ? SECRET : text;
    }

    /** Returns what a valid value is, such as "a whole number from 2 to 1073741824". */
    public String description() {
        return description;
    }

    /** Returns an example of a valid value; for a secret, a way to obtain one. */
    public String example() {
        return example;
    }

    /** Returns whether a value is a list, written with commas. */
    boolean isList() {
        return javaType.startsWith(List.class.getName());
    }

    /** Returns whether the property holds a map, with each value under a name such as {@code webwatch.x.NAME}. */
    public boolean isMap() {
        return keys != null;
    }

    /** Returns the placeholder for the names of a map in the documentation, such as {@code *}; otherwise "". */
    public String keyShown() {
        return keys == null ? "" : keys.shown();
    }

    /**
     * Returns the canonical form of a name in a map, or null if there is no such name. Depending on the source, a name
     * is written {@code a.b}, {@code a-b} or {@code a_b}.
     */
    public @Nullable String key(String below) {
        return keys == null ? null : keys.canonical().apply(below);
    }

    /** Returns all possible names in a map; empty if any name is possible. */
    List<String> knownKeys() {
        return keys == null ? List.of() : keys.known();
    }

    /** Returns the Java type for configuration metadata, such as {@code java.time.Duration}. */
    public String javaType() {
        return javaType;
    }

    /** Returns whether values must not be logged. */
    public boolean isSecret() {
        return secret;
    }

    static ValueType<Boolean> flag() {
        return new ValueType<>(
                "java.lang.Boolean", "true or false", "true", text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on" -> true;
                    case "false", "no", "off" -> false;
                    default -> throw new IllegalArgumentException("is neither true nor false");
                });
    }

    static ValueType<String> text(String description, String example) {
        return new ValueType<>("java.lang.String", description, example, ValueType::notEmpty);
    }

    /**
     * A string that must not be logged.
     *
     * @param example a way to obtain one: users copy literal examples
     */
    static ValueType<String> secret(int minLength, String description, String example) {
        return new ValueType<>(
                "java.lang.String",
                description,
                example,
                text -> {
                    if (text.length() < minLength) {
                        throw new IllegalArgumentException("is shorter than " + minLength + " characters");
                    }
                    return text;
                },
                true,
                null);
    }

    static ValueType<String> matching(Pattern pattern, String description, String example) {
        return new ValueType<>("java.lang.String", description, example, text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException("is not " + description);
            }
            return text;
        });
    }

    static ValueType<Integer> integer(int min, int max) {
        return new ValueType<>(
                "java.lang.Integer", "a whole number from " + min + " to " + max, String.valueOf(min), text ->
                        (int) (long) within(parseLong(text), (long) min, (long) max, String::valueOf));
    }

    static ValueType<Long> size(long min, long max) {
        return new ValueType<>(
                "java.lang.String",
                "a size from " + SizeFormat.format(min) + " to " + SizeFormat.format(max),
                SizeFormat.format(min),
                text -> within(SizeFormat.parse(text), min, max, SizeFormat::format));
    }

    static ValueType<Duration> duration(Duration min, Duration max) {
        return new ValueType<>(
                "java.time.Duration",
                "a duration from " + DurationFormat.format(min) + " to " + DurationFormat.format(max),
                DurationFormat.format(min),
                text -> within(DurationFormat.parse(text), min, max, DurationFormat::format));
    }

    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        List<E> constants = List.of(type.getEnumConstants());
        List<String> names = constants.stream().map(ValueType::choiceName).toList();
        return new ValueType<>("java.lang.String", "one of " + String.join(" | ", names), names.get(0), text -> {
            int index = names.indexOf(text.toLowerCase(Locale.ROOT));
            if (index < 0) {
                throw new IllegalArgumentException("is not one of " + String.join(" | ", names) + nearest(text, names));
            }
            return constants.get(index);
        });
    }

    static ValueType<List<String>> list(String description, String example) {
        return list(description, example, element -> element);
    }

    /** A list whose elements are any of these lower-case names. */
    static ValueType<List<String>> namesOf(List<String> known) {
        return list("any of " + String.join(" | ", known), known.get(0), element -> {
            String name = element.toLowerCase(Locale.ROOT);
            if (!known.contains(name)) {
                throw new IllegalArgumentException("contains the unknown name " + element + nearest(element, known));
            }
            return name;
        });
    }

    private static ValueType<List<String>> list(String description, String example, UnaryOperator<String> element) {
        return new ValueType<>(
                "java.util.List<java.lang.String>",
                description + ", separated by commas",
                example,
                text -> Stream.of(text.split(","))
                        .filter(part -> !part.isBlank())
                        .map(part -> element.apply(part.strip()))
                        .toList());
    }

    /**
     * A string for each of several names.
     *
     * @param description describes a value
     * @param keyShown placeholder for a name in the documentation
     * @param knownKeys all possible names; empty if any name is possible
     * @param canonical returns the canonical form of a name, or null if it is not valid
     */
    static ValueType<Map<String, String>> map(
            String description,
            String example,
            boolean secret,
            String keyShown,
            List<String> knownKeys,
            Function<String, @Nullable String> canonical) {
        return new ValueType<>(
                "java.util.Map<java.lang.String,java.lang.String>",
                description,
                example,
                text -> {
                    throw new IllegalArgumentException("must be set for a name below this property");
                },
                secret,
                new Keys(keyShown, knownKeys, canonical));
    }

    static ValueType<Path> path(String description, String example) {
        return new ValueType<>("java.lang.String", description, example, text -> {
            try {
                return Path.of(notEmpty(text));
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("is not a valid path: " + e.getReason(), e);
            }
        });
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        return text;
    }

    private static long parseLong(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is not a whole number", e);
        }
    }

    private static <V extends Comparable<V>> V within(V value, V min, V max, Function<V, String> format) {
        if (value.compareTo(min) < 0) {
            throw new IllegalArgumentException("is below " + format.apply(min));
        }
        if (value.compareTo(max) > 0) {
            throw new IllegalArgumentException("is above " + format.apply(max));
        }
        return value;
    }

    private static String nearest(String text, Collection<String> names) {
        return Nearest.to(text, names)
                .map(name -> " (did you mean " + name + "?)")
                .orElse("");
    }

    private static String choiceName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
