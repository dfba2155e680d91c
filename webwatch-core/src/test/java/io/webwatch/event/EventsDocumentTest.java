package io.webwatch.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.fixture.EventSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds {@code docs/events.md} against the events. */
class EventsDocumentTest {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\| ([^|]+) \\| [^|]+ \\|");

    @ParameterizedTest
    @EnumSource
    void document_listsTheAttributesOfType(EventType type) throws IOException {
        assertThat(rows(section(type))).isEqualTo(attributes(EventSamples.data(type)));
    }

    @Test
    void document_listsTheCommonAttributes() throws IOException {
        List<String> all = attributes(EventSamples.of(EventType.HOVER));
        List<String> own = attributes(EventSamples.data(EventType.HOVER));

        assertThat(rows(after("## Common to all"))).isEqualTo(all.subList(0, all.size() - own.size()));
    }

    @Test
    void document_hasNoOtherType() throws IOException {
        List<String> documented = document()
                .lines()
                .filter(line -> line.startsWith("### "))
                .flatMap(line -> Pattern.compile("`([a-z_]+)`").matcher(line).results())
                .map(match -> match.group(1))
                .toList();

        assertThat(documented)
                .containsExactly(
                        Arrays.stream(EventType.values()).map(EventType::id).toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void document_listsTheInteractions(EventType type) throws IOException {
        String definition = document()
                .lines()
                .dropWhile(line -> !line.startsWith("- An **interaction**"))
                .takeWhile(line -> !line.contains("**bounce**"))
                .collect(Collectors.joining(" "));
        String interactions = definition.substring(0, definition.indexOf(". Events of type"));
        String others = definition.substring(interactions.length());
        String group = type.id().replaceAll("_.*", "_*");

        assertThat(List.of(interactions, others)).anyMatch(part -> lists(part, type.id(), group));
        assertThat(lists(interactions, type.id(), group)).isEqualTo(type.isInteraction());
    }

    private static boolean lists(String definition, String id, String group) {
        return definition.contains("`" + id + "`") || definition.contains("`" + group + "`");
    }

    @ParameterizedTest
    @EnumSource
    void attributes_haveEachNameOnce(EventType type) {
        assertThat(attributes(EventSamples.of(type)).stream().map(row -> row.split(" ")[0]))
                .doesNotHaveDuplicates();
    }

    private static String section(EventType type) throws IOException {
        String heading = document()
                .lines()
                .filter(line -> line.startsWith("### ") && line.contains("`" + type.id() + "`"))
                .collect(Collectors.joining());
        return after(heading);
    }

    /** From a heading to the next one. */
    private static String after(String heading) throws IOException {
        String document = document();
        int from = document.indexOf("\n" + heading + "\n");
        assertThat(from).as(heading).isPositive();
        int to = document.indexOf("\n#", from + 1);
        return document.substring(from, to < 0 ? document.length() : to);
    }

    private static List<String> rows(String section) {
        List<String> rows = new ArrayList<>();
        Matcher row = ROW.matcher(section);
        while (row.find()) {
            rows.add(row.group(1) + " " + row.group(2).replace("`", ""));
        }
        return rows;
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("../docs/events.md"));
    }

    private static List<String> attributes(Attributed attributed) {
        Names names = new Names();
        attributed.writeTo(names);
        return names.attributes;
    }

    private static final class Names implements AttributeWriter {
        private final List<String> attributes = new ArrayList<>();

        @Override
        public void text(String name, String value) {
            attributes.add(name + " text");
        }

        @Override
        public void integer(String name, Long value) {
            attributes.add(name + " integer");
        }

        @Override
        public void decimal(String name, double value) {
            attributes.add(name + " number");
        }

        @Override
        public void flag(String name, boolean value) {
            attributes.add(name + " boolean");
        }

        @Override
        public void object(String name, Attributed value) {
            attributes.add(name + (name.equals("props") ? " object" : " object " + members(value)));
        }

        @Override
        public void list(String name, List<? extends Attributed> values) {
            attributes.add(name + " list of " + members(values.get(0)));
        }

        private static String members(Attributed value) {
            return attributes(value).stream().map(row -> row.split(" ")[0]).collect(Collectors.joining(", ", "{", "}"));
        }
    }
}
