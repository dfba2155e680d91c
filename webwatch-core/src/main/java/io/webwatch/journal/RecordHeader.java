package io.webwatch.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The header of each batch in a segment; {@code docs/delivery.md} documents the layout.
 *
 * @param length of the payload in bytes
 * @param position of the batch
 * @param firstEvent how many events of the same generation were appended before it, which makes gaps countable
 * @param events number of events
 * @param bytes estimated size in memory
 * @param checksum CRC32C of the payload
 */
record RecordHeader(int length, long position, long firstEvent, int events, int bytes, int checksum) {
    static final int SIZE = 40;
    static final int MAGIC = 0x57574A52;

    /** Returns the ordinal of the event after its last one. */
    long endEvent() {
        return firstEvent + events;
    }

    void write(ByteBuffer out) {
        int start = out.position();
        out.putInt(MAGIC);
        out.putInt(length);
        out.putLong(position);
        out.putLong(firstEvent);
        out.putInt(events);
        out.putInt(bytes);
        out.putInt(checksum);
        out.putInt(checksum(out.array(), start, SIZE - 4));
    }

    /** Reads the header at an index, or returns null if there is no intact header. */
    static @Nullable RecordHeader read(ByteBuffer in, int at) {
        if (in.getInt(at) != MAGIC || in.getInt(at + SIZE - 4) != checksum(in.array(), at, SIZE - 4)) {
            return null;
        }
        RecordHeader header = new RecordHeader(
                in.getInt(at + 4),
                in.getLong(at + 8),
                in.getLong(at + 16),
                in.getInt(at + 24),
                in.getInt(at + 28),
                in.getInt(at + 32));
        return header.length < 0 || header.events < 0 ? null : header;
    }

    static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
