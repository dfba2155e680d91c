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
 * Events as records: the visitor as key, so that a visitor's events of a topic stay in order; the event's JSON as value;
 * type, schema and id as headers, for consumers that do not want to read the value. Used by one thread.
 */
final class Records {
    static final String TYPE_HEADER = "webwatch-type";
    static final String SCHEMA_HEADER = "webwatch-schema";
    static final String ID_HEADER = "webwatch-id";

    /** Version of the value's form; it changes when an attribute changes its meaning or goes, not when one is added. */
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
     * None for what the application published of its own: it needs no order, and would fill one partition. Events of one
     * page view mostly follow one another, and have the same.
     */
    private byte @Nullable [] key(EventContext context) {
        if (context != lastContext) {
            lastContext = context;
            lastKey = context.visitor().isEmpty() ? null : utf8(context.visitor());
        }
        return lastKey;
    }

    /** The text form; the page view's part is mostly that of the last one. */
    private byte[] id(EventId id) {
        if (id.pageView() != lastPageView) { // another text of the same letters is encoded again
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
