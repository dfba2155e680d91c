package io.webwatch.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.journal.EventBinary;
import io.webwatch.json.EventJson;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Walks the event model by reflection: no attribute can be left out of writing, reading or a format. */
class EventModelTest {
    /** Components whose attribute has another name. */
    private static final Map<String, String> NAMES = Map.of(
            "Session.ended", "state",
            "Custom.properties", "props",
            "Page.id", "page_view",
            "Field.millis", "ms");

    @ParameterizedTest
    @EnumSource
    void everything_isWrittenAsItWasRead(EventType type) {
        ModelReader in = ModelReader.everything(type);
        Event event = Event.readFrom(in);

        assertThat(entries(written(event))).isEqualTo(entries(in.read()));
        assertThat(in.read()).doesNotContainValue(null);
    }

    @ParameterizedTest
    @EnumSource
    void nothingOptional_isWrittenAsItWasRead(EventType type) {
        ModelReader in = ModelReader.nothingOptional(type);
        Event event = Event.readFrom(in);

        assertThat(entries(written(event))).isEqualTo(entries(in.read()));
    }

    @ParameterizedTest
    @EnumSource
    void data_hasAnAttributeForEachComponent(EventType type) {
        EventData data = type.readData(ModelReader.everything(type));

        assertComponents(data);
        if (data instanceof Click click) {
            assertComponents(click.box());
        } else if (data instanceof MouseMove move) {
            move.cells().forEach(EventModelTest::assertComponents);
        } else if (data instanceof Form form) {
            form.fields().forEach(EventModelTest::assertComponents);
        }
    }

    @Test
    void context_hasAnAttributeForEachComponent() {
        EventContext context = EventContext.readFrom(ModelReader.everything(EventType.CUSTOM));
        List<Attributed> parts = List.of(context.page(), context.acquisition(), context.client(), context.location());
        List<String> names = new ArrayList<>(List.of("site", "visitor", "session", "user"));
        parts.forEach(part -> names.addAll(written(part).keySet()));
        names.add("bot");

        parts.forEach(EventModelTest::assertComponents);
        assertThat(written(context).keySet()).containsExactlyElementsOf(names);
        assertThat(EventContext.class.getRecordComponents()).hasSize(5 + parts.size());
    }

    @Test
    void types_haveEveryKindOfData() {
        Set<Class<?>> kinds = new HashSet<>();
        for (EventType type : EventType.values()) {
            kinds.add(type.readData(ModelReader.everything(type)).getClass());
        }

        assertThat(kinds).isEqualTo(Set.of(EventData.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @EnumSource
    void everything_isReadBackFromJsonAndBinary(EventType type) throws IOException {
        assertIsReadBack(Event.readFrom(ModelReader.everything(type)));
    }

    @ParameterizedTest
    @EnumSource
    void nothingOptional_isReadBackFromJsonAndBinary(EventType type) throws IOException {
        assertIsReadBack(Event.readFrom(ModelReader.nothingOptional(type)));
    }

    @Test
    void binary_ofExtremeIntegers_isReadBack() throws IOException {
        for (long number :
                new long[] {0, -1, 1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE + 1}) {
            Event event = Event.readFrom(ModelReader.everything(EventType.CUSTOM));
            EventData data = new Form(EventType.FORM_START, "f", number, List.of(), null);
            assertIsReadBack(new Event(event.id(), number, number, event.context(), data));
        }
    }

    @Test
    void binary_ofDecimals_keepsEveryBit() throws IOException {
        Event event = Event.readFrom(ModelReader.everything(EventType.WEB_VITAL));
        for (long bits : new long[] {0x7ff8000000000001L, 0x8000000000000000L, 1, 0xfff0000000000000L}) {
            EventData vital = new WebVital("LCP", Double.longBitsToDouble(bits), null);
            byte[] binary = EventBinary.encode(List.of(new Event(event.id(), 0, 0, event.context(), vital)));
            WebVital read = (WebVital) EventBinary.decode(binary).get(0).data();
            assertThat(Double.doubleToRawLongBits(read.value())).isEqualTo(bits);
        }
    }

    @Test
    void binary_ofTheWholeModel_isThatOfItsVersion() {
        List<Event> events = new ArrayList<>();
        for (EventType type : EventType.values()) {
            events.add(Event.readFrom(ModelReader.everything(type)));
            events.add(Event.readFrom(ModelReader.nothingOptional(type)));
        }
        CRC32 checksum = new CRC32();
        checksum.update(EventBinary.encode(events));

        assertThat(EventBinary.VERSION + " " + Long.toHexString(checksum.getValue()))
                .as("the format has changed: increment EventBinary.VERSION, then update this checksum")
                .isEqualTo("2 b776b9b2");
    }

    private static void assertIsReadBack(Event event) throws IOException {
        assertThat(EventBinary.decode(EventBinary.encode(List.of(event)))).containsExactly(event);
        assertThat(EventJson.read(EventJson.bytes(event))).isEqualTo(event);
    }

    /** Asserts that the attributes are the components of a record, in any order. */
    private static void assertComponents(Attributed attributed) {
        Map<String, Object> components = new LinkedHashMap<>();
        for (RecordComponent component : attributed.getClass().getRecordComponents()) {
            if (component.getType() != EventType.class) {
                components.put(name(component), value(component, attributed));
            }
        }
        assertThat(written(attributed))
                .as(attributed.getClass().getSimpleName())
                .containsExactlyInAnyOrderEntriesOf(components);
    }

    private static String name(RecordComponent component) {
        String snake = component
                .getName()
                .replace("Millis", "Ms")
                .replace("Pixels", "Px")
                .replaceAll("([A-Z])", "_$1")
                .toLowerCase(Locale.ROOT);
        String key = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
        return NAMES.getOrDefault(key, snake);
    }

    private static Object value(RecordComponent component, Object of) {
        try {
            Object value = component.getAccessor().invoke(of);
            if (component.getName().equals("ended")) {
                return Boolean.TRUE.equals(value) ? "ended" : "open";
            } else if (value instanceof Integer integer) {
                return integer.longValue();
            } else if (value instanceof Enum<?> constant) {
                return constant.name().toLowerCase(Locale.ROOT);
            } else if (value instanceof Attributed nested) {
                return written(nested);
            } else if (value instanceof List<?> list) {
                return list.stream()
                        .map(element -> written((Attributed) element))
                        .toList();
            }
            return value;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> written(Attributed attributed) {
        Collector collector = new Collector();
        attributed.writeTo(collector);
        return collector.written;
    }

    private static List<Map.Entry<String, Object>> entries(Map<String, Object> map) {
        return new ArrayList<>(map.entrySet());
    }

    /** Records what {@link ModelReader} records, from the other side. */
    private static final class Collector implements AttributeWriter {
        private final Map<String, Object> written = new LinkedHashMap<>();

        @Override
        public void text(String name, String value) {
            put(name, value);
        }

        @Override
        public void integer(String name, Long value) {
            put(name, value);
        }

        @Override
        public void decimal(String name, double value) {
            put(name, value);
        }

        @Override
        public void flag(String name, boolean value) {
            put(name, value);
        }

        @Override
        public void object(String name, Attributed value) {
            put(name, value == null ? null : written(value));
        }

        @Override
        public void list(String name, List<? extends Attributed> values) {
            put(name, values.stream().map(EventModelTest::written).toList());
        }

        @Override
        public void properties(String name, Map<String, Object> values) {
            put(name, values);
        }

        private void put(String name, Object value) {
            assertThat(written).as("each attribute is written once").doesNotContainKey(name);
            written.put(name, value);
        }
    }
}
