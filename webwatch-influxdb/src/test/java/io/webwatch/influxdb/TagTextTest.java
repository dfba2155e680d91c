package io.webwatch.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"plain", "a,b c=d", "\"quoted\"", "#a\\:b", "md\\:w-1\\/2", "grüße 🛒", " ", "\\a"})
    void portable_ofPortableText_returnsItUnchanged(String text) {
        assertThat(TagText.portable(text)).isSameAs(text);
    }

    @Test
    void portable_replacesControlCharactersWithTheirPictures() {
        assertThat(TagText.portable("a\nb\rc\td\u0000e\u007f")).isEqualTo("a␊b␍c␉d␀e␡");
    }

    @Test
    void portable_replacesABackslashBeforeAnEscapedCharacter() {
        assertThat(TagText.portable("a\\")).isEqualTo("a⧵");
        assertThat(TagText.portable("a\\\\")).isEqualTo("a⧵⧵");
        assertThat(TagText.portable("a\\,b\\ c\\=d")).isEqualTo("a⧵,b⧵ c⧵=d");
        assertThat(TagText.portable("a\\\\b")).isEqualTo("a⧵\\b");
    }
}
