package io.webwatch.kafka;

import io.webwatch.event.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of topics in docs/kafka.md. */
final class DocumentedTopics {
    static final Path DOCUMENT = Path.of("..", "docs", "kafka.md");

    private static final Pattern ROW = Pattern.compile("\\| `webwatch\\.([a-z-]+)` \\| (.+?) \\|");
    private static final Pattern TYPE = Pattern.compile("`([a-z_]+)`");
    private static final Map<EventType, String> TOPICS = read();

    private DocumentedTopics() {}

    /** Returns the name of the type's topic without the prefix. */
    static String of(EventType type) {
        return TOPICS.get(type);
    }

    private static Map<EventType, String> read() {
        Map<EventType, String> topics = new EnumMap<>(EventType.class);
        Matcher row = ROW.matcher(text());
        while (row.find()) {
            Matcher type = TYPE.matcher(row.group(2));
            while (type.find()) {
                topics.put(EventType.byId(type.group(1)), row.group(1));
            }
        }
        return topics;
    }

    static String text() {
        try {
            return Files.readString(DOCUMENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
