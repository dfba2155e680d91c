package io.webwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/configuration.md} consistent with the definitions. Run with {@code -Dtests.write-docs=true} to
 * generate it.
 */
class ConfigurationDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/configuration.md");
    private static final String HEAD = """
            # Configuration

            To configure WebWatch, set properties in one of these sources. If a property is set in several of them, the first one
            in this list takes precedence:

            1. values set in code, with `WebWatchConfig.builder()`
            2. with the Spring Boot starter: the Spring environment, which includes `application.yaml` and environment variables;
               without it: the system properties, and then the environment variables
            3. without Spring: init parameters of the filter or servlet of WebWatch, and then of the servlet context
            4. without Spring: the file `webwatch.properties` at the root of the class path

            An environment variable has the name of the property in upper case, with underscores: for
            `webwatch.buffer.max-bytes`, it is `WEBWATCH_BUFFER_MAX_BYTES` or, as in Spring Boot, `WEBWATCH_BUFFER_MAXBYTES`.

            An invalid value prevents start-up, with a message that names the property, the value and the remedy. An unknown
            property is logged as a warning.

            Durations are written as `200ms`, `30s`, `30m`, `12h`, `396d`, or in ISO 8601. Sizes are written as `64KB` or `16MB`,
            in multiples of 1 024 bytes. In a property name, `TYPE` stands for an event type, and `*` for any name; in an
            environment variable, underscores stand for the dots in it, as in `WEBWATCH_KAFKA_PROPERTIES_LINGER_MS`.

            ## Properties

            This table is generated from `io.webwatch.config.WebWatchProperties`.

            | property | value | default | description |
            | --- | --- | --- | --- |
            """;

    @Test
    void document_isConsistentWithTheDefinitions() throws Exception {
        StringBuilder text = new StringBuilder(HEAD);
        for (Property<?> property : WebWatchProperties.all()) {
            text.append("| `%s` | %s | %s | %s |%n"
                    .formatted(
                            property.shownName(),
                            value(property).replace("|", "\\|"),
                            property.defaultText() == null ? "" : "`" + property.defaultText() + "`",
                            property.description()));
        }
        if (Boolean.getBoolean("tests.write-docs")) { // Maven passes its own properties on to the tests
            Files.writeString(DOCUMENT, text);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(text.toString());
    }

    /** An example helps where there is no default to look at. */
    private static String value(Property<?> property) {
        String description = property.type().description();
        return property.defaultText() == null && !property.type().isSecret()
                ? description + ", such as `" + property.example() + "`"
                : description;
    }
}
