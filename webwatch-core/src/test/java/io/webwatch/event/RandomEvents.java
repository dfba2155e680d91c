package io.webwatch.event;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random events of every type with hostile text and extreme numbers, from a seed. Fills records by their components. */
public final class RandomEvents {
    private static final List<EventType> FORMS = Stream.of(EventType.values())
            .filter(type -> type.id().startsWith("form_"))
            .toList();
    private static final List<EventType> MEDIA = Stream.of(EventType.values())
            .filter(type -> type.id().startsWith("video_") || type.id().startsWith("audio_"))
            .toList();
    private static final long[] NUMBERS = {0, 1, -1, 127, 128, 16_384, Integer.MAX_VALUE, Integer.MIN_VALUE};
    private static final String[] TEXTS = {
        "",
        "a",
        "/products/{id}",
        "\"\\/\r\n\t\0\u001f\u007f\u2028\u202e",
        "é€😀",
        "</script>",
        "=1+1",
        "x".repeat(3_000)
    };

    private final Random random;
    private final boolean illFormed;

    /**
     * @param illFormed whether texts may hold surrogates without a partner, which JSON cannot carry
     */
    public RandomEvents(long seed, boolean illFormed) {
        this.random = new Random(seed);
        this.illFormed = illFormed;
    }

    /** Events that share contexts, as those of a batch do. */
    public List<Event> batch(int size) {
        List<Event> events = new ArrayList<>();
        EventContext context = record(EventContext.class);
        for (int i = 0; i < size; i++) {
            context = random.nextInt(3) == 0 ? record(EventContext.class) : context;
            EventType type = EventType.values()[random.nextInt(EventType.values().length)];
            events.add(new Event(
                    new EventId(text(), random.nextLong()),
                    random.nextLong() >> 21,
                    random.nextLong(),
                    context,
                    data(type)));
        }
        return events;
    }

    /** What is particular to a type. */
    public EventData data(EventType type) {
        EventData sample = EventSamples.data(type);
        if (sample instanceof EventData.Custom) {
            return new EventData.Custom(text(), properties());
        }
        if (sample instanceof EventData.Form) {
            EventData.Form form = record(EventData.Form.class);
            return new EventData.Form(type, form.form(), form.durationMillis(), form.fields(), form.lastField());
        }
        if (sample instanceof EventData.Media) {
            EventData.Media media = record(EventData.Media.class);
            return new EventData.Media(
                    type,
                    media.media(),
                    media.provider(),
                    media.positionMillis(),
                    media.durationMillis(),
                    media.percent(),
                    media.watchedMillis());
        }
        return record(sample.getClass());
    }

    private <T> T record(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            boolean nullable = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
            values[i] = nullable && random.nextInt(3) == 0 ? null : value(components[i]);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object value(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == String.class) {
            return text();
        } else if (type == long.class || type == Long.class) {
            return random.nextBoolean() ? random.nextLong() : number();
        } else if (type == int.class || type == Integer.class) {
            return (int) number();
        } else if (type == double.class) {
            return random.nextBoolean() ? random.nextGaussian() : Double.MIN_VALUE;
        } else if (type == boolean.class) {
            return random.nextBoolean();
        } else if (type == EventType.class) {
            List<EventType> types = component.getDeclaringRecord() == EventData.Form.class ? FORMS : MEDIA;
            return types.get(random.nextInt(types.size()));
        } else if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        } else if (type == List.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            List<Object> list = new ArrayList<>();
            for (int left = random.nextInt(5); left > 0; left--) {
                list.add(record(element));
            }
            return list;
        }
        return record(type);
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (int left = random.nextInt(32); left > 0; left--) {
            properties.put(
                    text(),
                    switch (random.nextInt(4)) {
                        case 0 -> text();
                        case 1 -> random.nextLong();
                        case 2 -> random.nextBoolean() ? random.nextDouble() : 1e300;
                        default -> random.nextBoolean();
                    });
        }
        return properties;
    }

    private long number() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private String text() {
        if (random.nextBoolean()) {
            return TEXTS[random.nextInt(TEXTS.length)];
        }
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(40); left > 0; left--) {
            if (illFormed && random.nextInt(10) == 0) {
                text.append((char) (0xD800 + random.nextInt(0x800)));
            } else {
                text.appendCodePoint(codePoint());
            }
        }
        return text.toString();
    }

    private int codePoint() {
        int point = random.nextInt(random.nextBoolean() ? 128 : Character.MAX_CODE_POINT + 1);
        return point >= 0xD800 && point < 0xE000 ? 'x' : point;
    }
}
