package io.webwatch.wire;

import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import io.webwatch.event.Form;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads events of forms. */
final class FormFields extends EventFields {
    private static final int MAX_FIELDS = 50;
    private static final int PARTS = 4;

    private final EventType type;
    private @Nullable String form;
    private @Nullable String lastField;
    private long duration = ABSENT;
    private List<Form.Field> fields = List.of();

    FormFields(EventType type) {
        this.type = type;
    }

    @Override
    void read(int key, JsonCursor in) throws MalformedBatchException {
        switch (key) {
            case WireKeys.FM -> form = text(in, TextLimits.FORM);
            case WireKeys.LF -> lastField = text(in, TextLimits.FIELD);
            case WireKeys.DU -> duration = integer(in);
            case WireKeys.FS -> fields = fields(in);
            default -> in.skipValue();
        }
    }

    private List<Form.Field> fields(JsonCursor in) throws MalformedBatchException {
        if (in.peek() != '[') {
            wrong(in);
            return List.of();
        }
        List<Form.Field> read = new ArrayList<>();
        in.openArray();
        for (boolean more = in.firstItem(); more; more = in.nextItem()) {
            Form.Field field = read.size() == MAX_FIELDS ? null : field(in);
            if (field != null) {
                read.add(field);
            } else {
                invalid();
                if (read.size() == MAX_FIELDS) {
                    in.skipValue();
                }
            }
        }
        return read;
    }

    private Form.@Nullable Field field(JsonCursor in) throws MalformedBatchException {
        if (in.peek() != '[') {
            in.skipValue();
            return null;
        }
        String name = null;
        long[] numbers = {ABSENT, ABSENT, ABSENT};
        int count = 0;
        in.openArray();
        for (boolean more = in.firstItem(); more; more = in.nextItem()) {
            if (count == 0 && in.peek() == '"') {
                name = in.text(TextLimits.FIELD); // may be empty: a field need not have a name
            } else if (count > 0 && count < PARTS) {
                numbers[count - 1] = integer(in);
            } else {
                in.skipValue();
            }
            count++;
        }
        return count != PARTS || name == null || numbers[0] == ABSENT || numbers[1] == ABSENT || numbers[2] == ABSENT
                ? null
                : new Form.Field(name, numbers[0], numbers[1], numbers[2]);
    }

    @Override
    @Nullable
    EventData data() {
        return form == null ? null : new Form(type, form, boxed(duration), fields, lastField);
    }
}
