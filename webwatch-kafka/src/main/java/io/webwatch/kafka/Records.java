package io.webwatch.kafka;

import io.webwatch.bytes.Digits;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventId;
import io.webwatch.event.EventType;
import io.webwatch.json.EventEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Converts events to records. The key is the visitor, so that the events of a visitor in a topic stay in order; the value
 * is the event's JSON; headers contain type, schema and id, for consumers that do not parse the value. Used by one thread.
 */
final class Records {
    static final String TYPE_HEADER = "webwatch-type";
    static final String SCHEMA_HEADER = "webwatch-schema";
    static final String ID_HEADER = "webwatch-id";

    /** Version of the value's format. Changes if an attribute is removed or changes its meaning, not if one is added. */
    static final String SCHEMA = "1";

    private static final Header SCHEMA_1 = new RecordHeader(SCHEMA_HEADER, ascii(SCHEMA));

    private final Map<EventType, String> topics;
    private final Map<EventType, Header> types = new EnumMap<>(EventType.class);
    private final EventEncoder encoder = new EventEncoder();
    private @Nullable EventContext lastContext;
    private byte @Nullable [] lastKey;
    private @Nullable String lastPageView;
    private byte[] idStart = {};

    Records(Map<EventType, String> topics) {
        this.topics = topics;
        for (EventType type : EventType.values()) {
            types.put(type, new RecordHeader(TYPE_HEADER, ascii(type.id())));
        }
    }

    ProducerRecord<byte[], byte[]> of(Event event) {
        EventType type = event.type();
        List<Header> headers = List.of(types.get(type), SCHEMA_1, new RecordHeader(ID_HEADER, id(event.id())));
        return new ProducerRecord<>(
                topics.get(type), null, event.timeMillis(), key(event.context()), encoder.encode(event), headers);
    }

    /**
     * Returns the key, or null for an event without a visitor, which needs no order; with a common key all of these would be
     * in one partition. Consecutive events of one page view share the key.
     */
    private byte @Nullable [] key(EventContext context) {
        if (context != lastContext) {
            lastContext = context;
            lastKey = context.visitor().isEmpty() ? null : utf8(context.visitor());
        }
        return lastKey;
    }

    /** Returns the encoded id. Consecutive events often share the part of the page view, which is encoded once. */
    private byte[] id(EventId id) {
        if (id.pageView() != lastPageView) { // comparing references is enough: an equal string is encoded again
            lastPageView = id.pageView();
            idStart = utf8(lastPageView + '.');
        }
        byte[] room = Arrays.copyOf(idStart, idStart.length + Digits.ROOM);
        return Arrays.copyOf(room, Digits.put(id.sequence(), room, idStart.length));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
