package io.webwatch.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.webwatch.config.Property;
import io.webwatch.config.WebWatchProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps the configuration metadata, which editors read, consistent with {@link WebWatchProperties}. */
class ConfigurationMetadataTest {
    private static final String RESOURCE = "META-INF/spring-configuration-metadata.json";
    private static final String CHOICE = "one of ";
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void metadata_describesEveryProperty() throws IOException {
        ObjectNode expected = expected();
        Path made = Files.createDirectories(Path.of("target")).resolve("spring-configuration-metadata.json");
        Files.writeString(
                made, json.writerWithDefaultPrettyPrinter().writeValueAsString(expected) + System.lineSeparator());

        assertThat(published())
                .as("copy %s to src/main/resources/META-INF after a change of WebWatchProperties", made)
                .isEqualTo(expected);
    }

    private JsonNode published() {
        try {
            // Other jars contain a file with this name too, so find the one in the same jar as our class.
            URL jar = WebWatchAutoConfiguration.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation();
            for (URL url : Collections.list(getClass().getClassLoader().getResources(RESOURCE))) {
                if (url.toString().contains(jar.getPath())) {
                    return json.readTree(url);
                }
            }
            throw new AssertionError(RESOURCE + " is missing in " + jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode expected() {
        ObjectNode root = json.createObjectNode();
        ObjectNode group = root.putArray("groups").addObject();
        group.put("name", "webwatch");
        group.put("description", "Real-time analytics inside the application.");
        ArrayNode properties = root.putArray("properties");
        ArrayNode hints = root.putArray("hints");
        for (Property<?> property : WebWatchProperties.all()) {
            ObjectNode node = properties.addObject();
            node.put("name", property.name());
            node.put("type", property.type().javaType());
            node.put("description", property.description());
            putDefault(node, property);
            if (property.type().description().startsWith(CHOICE)) {
                ArrayNode values =
                        hints.addObject().put("name", property.name()).putArray("values");
                for (String choice :
                        property.type().description().substring(CHOICE.length()).split(" \\| ")) {
                    values.addObject().put("value", choice);
                }
            }
        }
        return root;
    }

    private void putDefault(ObjectNode node, Property<?> property) {
        String text = property.defaultText();
        if (text == null) {
            return;
        }
        switch (property.type().javaType()) {
            case "java.lang.Boolean" -> node.put("defaultValue", Boolean.parseBoolean(text));
            case "java.lang.Integer" -> node.put("defaultValue", Integer.parseInt(text));
            case "java.util.List<java.lang.String>" -> {
                ArrayNode values = node.putArray("defaultValue");
                List.of(text.split(",")).forEach(values::add);
            }
            default -> node.put("defaultValue", text);
        }
    }
}
