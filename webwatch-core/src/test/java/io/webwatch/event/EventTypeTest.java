package io.webwatch.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.fixture.EventSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypeTest {
    @ParameterizedTest
    @EnumSource
    void type_isFoundByItsId(EventType type) {
        assertThat(EventType.byId(type.id())).isSameAs(type);
        assertThat(type.id()).isEqualTo(type.name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PAGE_VIEW", "page_view ", "rating"})
    void anythingElse_isNoType(String id) {
        assertThat(EventType.byId(id)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void data_returnsItsType(EventType type) {
        assertThat(EventSamples.of(type).type()).isSameAs(type);
    }

    @Test
    void interactions_areWhatAVisitorDoesOnPurpose() {
        assertThat(EventType.values())
                .filteredOn(EventType::isInteraction)
                .allMatch(type -> {
                    String group = type.id().replaceAll("_.*", "");
                    return List.of("click", "form", "video", "audio", "download", "custom")
                            .contains(group);
                })
                .hasSize(15);
    }

    @ParameterizedTest
    @CsvSource({"0,0,false", "0,1,false", "1,0,true", "1,1,false", "2,0,false"})
    void bounce_isOnePageViewAndNoInteraction(long pages, long interactions, boolean bounce) {
        assertThat(Session.isBounce(pages, interactions)).isEqualTo(bounce);
    }

    @Test
    void eventId_isPageViewAndSequence() {
        assertThat(new EventId("0123456789abcdef", 12)).hasToString("0123456789abcdef.12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p.12", "p.-1", "a.b.3", ".0"})
    void eventId_isParsedFromItsText(String text) {
        assertThat(EventId.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "p", "p.", "p.x", "p.99999999999999999999"})
    void eventId_ofAnotherForm_isRefused(String text) {
        assertThatThrownBy(() -> EventId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void cellsAndFields_areCopied() {
        List<MouseMove.Cell> cells = new ArrayList<>(List.of(new MouseMove.Cell(1, 2, 50)));
        List<Form.Field> fields = new ArrayList<>(List.of(new Form.Field("email", 1, 2, 3)));
        MouseMove move = new MouseMove(32, null, null, false, cells);
        Form form = new Form(EventType.FORM_SUBMIT, "#f", null, fields, null);
        cells.clear();
        fields.clear();

        assertThat(move.cells()).hasSize(1);
        assertThat(form.fields()).hasSize(1);
    }
}
