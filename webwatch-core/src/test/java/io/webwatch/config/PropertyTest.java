package io.webwatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user reads about an invalid value, for every property. */
class PropertyTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("for example (.+?)(?: \\(the default\\)\\.|, or remove the property.*\\.)$");

    static List<Property<?>> properties() {
        return WebWatchProperties.all();
    }

    @ParameterizedTest
    @MethodSource("properties")
    void remedy_hasAnExampleThatThePropertyAccepts(Property<?> property) {
        assertThat(property.remedy()).startsWith("Use " + property.type().description());
        Matcher example = EXAMPLE.matcher(property.remedy());
        assertThat(example.find()).as(property.remedy()).isTrue();
        assertThatCode(() -> set(property, example.group(1))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("properties")
    void emptyValue_isAcceptedOrExplained(Property<?> property) {
        ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, () -> set(property, " "));
        if (failure != null) {
            assertThat(failure)
                    .hasMessage(property.name() + ": must not be empty. " + property.remedy())
                    .hasMessageContaining(property.type().description())
                    .hasMessageContaining("for example " + property.example());
        }
    }

    @Test
    void emptyValue_isAcceptedForListsMapsAndAPrefixOnly() {
        Set<String> accepting = WebWatchProperties.all().stream()
                .filter(property -> !property.type().isMap() && !property.type().isList())
                .filter(property -> catchThrowableOfType(ConfigurationException.class, () -> set(property, "")) == null)
                .map(Property::name)
                .collect(Collectors.toSet());
        assertThat(accepting).containsExactly("webwatch.kafka.topic-prefix");
    }

    @ParameterizedTest
    @MethodSource("properties")
    void default_isAccepted(Property<?> property) {
        if (property.defaultText() != null) {
            assertThatCode(() -> property.parse(property.defaultText())).doesNotThrowAnyException();
        }
    }

    @Test
    void secret_isNotInTheMessage() {
        ConfigurationException failure = catchThrowableOfType(
                ConfigurationException.class, () -> WebWatchProperties.PRIVACY_SECRET.parse("hunter2"));
        assertThat(failure)
                .hasMessageStartingWith("webwatch.privacy.secret: (secret) is shorter than 16 characters. Use ")
                .hasMessageNotContaining("hunter2");
    }

    private static void set(Property<?> property, String text) {
        String name = property.type().isMap()
                ? property.name()
                        + '.'
                        + property.type().knownKeys().stream().findFirst().orElse("security.protocol")
                : property.name();
        WebWatchConfig.builder().set(name, text);
    }
}
