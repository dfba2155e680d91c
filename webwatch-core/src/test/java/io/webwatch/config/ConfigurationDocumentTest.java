package io.webwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/configuration.md} equal to the definitions. Run with {@code -Dtests.write-docs=true} to write it
 * anew.
 */
class ConfigurationDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/configuration.md");
    private static final String HEAD = """
            # Configuration

            Every property of WebWatch. This page is made from `io.webwatch.config.WebWatchProperties`; a test keeps them equal.

            Sources, strongest first: values set in code; the Spring environment, or without Spring the system properties and then
            environment variables; init parameters of the servlet context; `webwatch.properties` at the root of the class path.
            An environment variable is the name in capitals with underscores: `webwatch.buffer.max-bytes` is
            `WEBWATCH_BUFFER_MAXBYTES` or `WEBWATCH_BUFFER_MAX_BYTES`. Where a name ends in `*` or `TYPE`, any may stand there, and an
            environment variable has underscores for its dots: `WEBWATCH_KAFKA_PROPERTIES_LINGER_MS`.

            A wrong value stops the start with a sentence that names property, value and remedy. A name that begins with `webwatch.` but
            is no property is a warning. Durations are written as `200ms`, `30s`, `30m`, `12h`, `396d` or in ISO 8601; sizes as
            `64KB`, `16MB` (multiples of 1 024).

            | property | value | default | what it does |
            | --- | --- | --- | --- |
            """;

    @Test
    void document_isThatOfTheDefinitions() throws Exception {
        StringBuilder text = new StringBuilder(HEAD);
        for (Property<?> property : WebWatchProperties.all()) {
            text.append("| `%s` | %s | %s | %s |%n"
                    .formatted(
                            property.shownName(),
                            property.type().description().replace("|", "\\|"),
                            property.defaultText() == null ? "" : "`" + property.defaultText() + "`",
                            property.description()));
        }
        if (Boolean.getBoolean("tests.write-docs")) { // a user property of the build reaches the tests
            Files.writeString(DOCUMENT, text);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(text.toString());
    }
}
