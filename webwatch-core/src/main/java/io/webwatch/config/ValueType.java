package io.webwatch.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the text of a property is read and described. Immutable. Parsing errors are {@link IllegalArgumentException}s
 * whose message completes "value …", such as "is below 2".
 *
 * @param <T> type of the value
 */
public final class ValueType<T> {
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,15})\\s*(B|KB|MB|GB|KiB|MiB|GiB)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ns|us|ms|s|m|h|d)?");

    private final String javaType;
    private final String description;
    private final boolean secret;
    private final Function<String, T> parser;
    private final @Nullable Keys keys;

    /** How the names below a property that holds many are read. */
    private record Keys(String shown, Function<String, @Nullable String> canonical) {}

    private ValueType(String javaType, String description, boolean secret, Function<String, T> parser) {
        this(javaType, description, secret, parser, null);
    }

    private ValueType(
            String javaType, String description, boolean secret, Function<String, T> parser, @Nullable Keys keys) {
        this.javaType = javaType;
        this.description = description;
        this.secret = secret;
        this.parser = parser;
        this.keys = keys;
    }

    T parse(String text) {
        return parser.apply(text);
    }

    String shown(String text) {
        return secret ? "(secret)" : text;
    }

    /** What to give, such as "a whole number from 2 to 1073741824". */
    public String description() {
        return description;
    }

    /** Whether the property holds a text for each of many names below its own, such as {@code webwatch.x.NAME}. */
    public boolean isMap() {
        return keys != null;
    }

    /** What stands for the name below the property's own in the documentation, such as {@code *}; empty for one value. */
    public String keyShown() {
        return keys == null ? "" : keys.shown();
    }

    /**
     * The name below the property's own in its one proper form, or null when it is none: sources write {@code a.b}, {@code
     * a-b} or {@code a_b} as their rules ask.
     */
    public @Nullable String key(String below) {
        return keys == null ? null : keys.canonical().apply(below);
    }

    /** Java type for configuration metadata, such as {@code java.time.Duration}. */
    public String javaType() {
        return javaType;
    }

    /** Whether values must not be logged. */
    public boolean isSecret() {
        return secret;
    }

    static ValueType<Boolean> flag() {
        return new ValueType<>(
                "java.lang.Boolean", "true or false", false, text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on" -> true;
                    case "false", "no", "off" -> false;
                    default -> throw new IllegalArgumentException("is neither true nor false");
                });
    }

    static ValueType<String> text(String description) {
        return new ValueType<>("java.lang.String", description, false, ValueType::notEmpty);
    }

    static ValueType<String> secret(String description) {
        return new ValueType<>("java.lang.String", description, true, ValueType::notEmpty);
    }

    static ValueType<String> matching(Pattern pattern, String description) {
        return new ValueType<>("java.lang.String", description, false, text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException("is not " + description);
            }
            return text;
        });
    }

    static ValueType<Integer> integer(int least, int most) {
        return new ValueType<>("java.lang.Integer", "a whole number from " + least + " to " + most, false, text -> {
            long value;
            try {
                value = Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("is not a whole number", e);
            }
            return (int) within(value, least, most, String::valueOf);
        });
    }

    static ValueType<Long> size(long least, long most) {
        return new ValueType<>(
                "java.lang.String",
                "a size from " + showSize(least) + " to " + showSize(most) + ", such as 16MB",
                false,
                text -> {
                    Matcher matcher = SIZE.matcher(text);
                    if (!matcher.matches()) {
                        throw new IllegalArgumentException("is not a size");
                    }
                    String unit =
                            matcher.group(2) == null ? "B" : matcher.group(2).toUpperCase(Locale.ROOT);
                    int shift = switch (unit.charAt(0)) {
                        case 'K' -> 10;
                        case 'M' -> 20;
                        case 'G' -> 30;
                        default -> 0;
                    };
                    long count = Long.parseLong(matcher.group(1));
                    long value = count > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : count << shift;
                    return within(value, least, most, ValueType::showSize);
                });
    }

    static ValueType<Duration> duration(Duration least, Duration most) {
        return new ValueType<>(
                "java.time.Duration",
                "a duration from " + show(least) + " to " + show(most) + ", such as 30s, 30m or 12h",
                false,
                text -> {
                    Duration value = parseDuration(text);
                    if (value.compareTo(least) < 0) {
                        throw new IllegalArgumentException("is below " + show(least));
                    }
                    if (value.compareTo(most) > 0) {
                        throw new IllegalArgumentException("is above " + show(most));
                    }
                    return value;
                });
    }

    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        String choices = String.join(
                " | ",
                Stream.of(type.getEnumConstants()).map(ValueType::choiceName).toList());
        return new ValueType<>(
                "java.lang.String",
                "one of " + choices,
                false,
                text -> Stream.of(type.getEnumConstants())
                        .filter(constant -> choiceName(constant).equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("is not one of " + choices)));
    }

    static ValueType<List<String>> list(String description) {
        return list(description, value -> value);
    }

    /** Any of these names, in lower case. */
    static ValueType<List<String>> namesOf(List<String> known) {
        return list("any of " + String.join(" | ", known), value -> {
            String name = value.toLowerCase(Locale.ROOT);
            if (!known.contains(name)) {
                throw new IllegalArgumentException("holds " + value + ", which is not known"
                        + Nearest.to(value, known)
                                .map(nearest -> " (did you mean " + nearest + "?)")
                                .orElse(""));
            }
            return name;
        });
    }

    private static ValueType<List<String>> list(String description, UnaryOperator<String> element) {
        return new ValueType<>(
                "java.util.List<java.lang.String>", description + ", separated by commas", false, text -> {
                    List<String> values = new ArrayList<>();
                    for (String value : text.split(",")) {
                        if (!value.isBlank()) {
                            values.add(element.apply(value.strip()));
                        }
                    }
                    return List.copyOf(values);
                });
    }

    /**
     * A text for each of many names.
     *
     * @param description of a value
     * @param keyShown stands for the name in the documentation
     * @param canonical gives a name its proper form, or null when it is none
     */
    static ValueType<Map<String, String>> map(
            String description, boolean secret, String keyShown, Function<String, @Nullable String> canonical) {
        return new ValueType<>(
                "java.util.Map<java.lang.String,java.lang.String>",
                description,
                secret,
                text -> {
                    throw new IllegalArgumentException("stands where a name should follow");
                },
                new Keys(keyShown, canonical));
    }

    static ValueType<Path> path(String description) {
        return new ValueType<>("java.lang.String", description, false, text -> {
            try {
                return Path.of(notEmpty(text));
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("is not a path: " + e.getReason(), e);
            }
        });
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        return text;
    }

    private static long within(long value, long least, long most, Function<Long, String> shown) {
        if (value < least) {
            throw new IllegalArgumentException("is below " + shown.apply(least));
        }
        if (value > most) {
            throw new IllegalArgumentException("is above " + shown.apply(most));
        }
        return value;
    }

    private static Duration parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("is not a duration", e);
            }
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
        return switch (unit) {
            case "ns" -> Duration.ofNanos(amount);
            case "us" -> Duration.ofNanos(amount * 1_000);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofMillis(amount);
        };
    }

    private static String choiceName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String show(Duration duration) {
        if (duration.toMillis() < 1_000 || duration.toMillis() % 1_000 != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static String showSize(long bytes) {
        if (bytes >= 1 << 30 && bytes % (1 << 30) == 0) {
            return bytes / (1 << 30) + "GB";
        }
        if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
            return bytes / (1 << 20) + "MB";
        }
        return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? bytes / (1 << 10) + "KB" : bytes + "B";
    }
}
