package io.webwatch.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import io.webwatch.event.ModelReader;
import io.webwatch.json.EventEncoder;
import io.webwatch.json.EventJson;
import io.webwatch.json.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionStateTest {
    @Test
    void state_isReadBackFromJson() throws IOException {
        for (ModelReader in :
                List.of(ModelReader.everything(EventType.SESSION), ModelReader.nothingOptional(EventType.SESSION))) {
            SessionState session = SessionState.readFrom(in);
            try (JsonParser json = Json.parser(new EventEncoder().encode(session))) {
                json.nextToken();
                SessionState read = EventJson.read(json, SessionState::readFrom);
                assertThat(read).usingRecursiveComparison().isEqualTo(session);
            }
        }
    }

    @Test
    void copy_hasEveryField() {
        SessionState session = SessionState.readFrom(ModelReader.everything(EventType.SESSION));
        session.dirty = true;
        session.reportedMillis = 5;

        assertThat(session.copy()).usingRecursiveComparison().isEqualTo(session);
        assertThat(session).hasNoNullFieldsOrProperties();
    }

    @ParameterizedTest
    @CsvSource({
        "'page_view', true",
        "'page_view engagement mouse_move hover image_view web_vital error', true",
        "'page_view click', false",
        "'page_view custom', false",
        "'page_view page_view', false",
        "'engagement', false",
        "'click', false",
    })
    void bounce_isOnePageViewWithoutInteraction(String types, boolean bounce) {
        EventContext context = EventContext.readFrom(ModelReader.everything(EventType.SESSION));
        SessionState session = new SessionState(1, 1, context);
        for (String type : types.split(" ")) {
            EventType counted = EventType.byId(type);
            EventData data = counted.readData(ModelReader.everything(counted));
            session.count(data, "/", 1, 1);
        }

        assertThat(session.data(true).bounce()).isEqualTo(bounce);
    }
}
