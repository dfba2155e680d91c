package io.webwatch.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.fixture.EventSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    void data_tellsItsType(EventType type) {
        assertThat(EventSamples.of(type).type()).isSameAs(type);
    }

    @Test
    void eventId_isPageViewAndSequence() {
        assertThat(new EventId("0123456789abcdef", 12)).hasToString("0123456789abcdef.12");
    }

    @Test
    void cellsAndFields_areCopied() {
        List<EventData.Cell> cells = new ArrayList<>(List.of(new EventData.Cell(1, 2, 50)));
        List<EventData.FormField> fields = new ArrayList<>(List.of(new EventData.FormField("email", 1, 2, 3)));
        EventData.MouseMove move = new EventData.MouseMove(32, null, null, false, cells);
        EventData.Form form = new EventData.Form(EventType.FORM_SUBMIT, "#f", null, fields, null);
        cells.clear();
        fields.clear();

        assertThat(move.cells()).hasSize(1);
        assertThat(form.fields()).hasSize(1);
    }
}
