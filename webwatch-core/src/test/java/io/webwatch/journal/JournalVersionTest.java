package io.webwatch.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.event.ModelReader;
import io.webwatch.sink.EventBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalVersionTest {
    private static final long MAX_SIZE = 16 << 20;
    private static final List<Event> EVENTS = List.of(Event.readFrom(ModelReader.everything(EventType.CLICK)));

    @TempDir
    Path directory;

    @Test
    void segmentOfAnotherVersion_isLeftAndTheJournalWorks() throws IOException {
        segmentOfAnotherVersion_isLeft(new CursorFile.Known(1, Map.of(), Map.of()));
    }

    @Test
    void segmentOfAnotherVersion_isLeft_evenIfTheCursorFileIsLost() throws IOException {
        segmentOfAnotherVersion_isLeft(CursorFile.Known.NOTHING);
    }

    private void segmentOfAnotherVersion_isLeft(CursorFile.Known known) throws IOException {
        try (Journal journal = open("log-a", CursorFile.Known.NOTHING)) {
            journal.append(new EventBatch("log-a", 1, EVENTS, 100));
        }
        Path old = segments().get(0);
        byte[] content = withVersion(Files.readAllBytes(old), EventBinary.VERSION - 1);
        Files.write(old, content);

        try (Journal journal = open("log-b", known);
                JournalReader reader = new JournalReader(journal)) {
            journal.append(new EventBatch("log-b", 1, EVENTS, 100));
            EventBatch read = reader.next(Place.START, Place.END);
            assertThat(read).isNotNull();
            assertThat(read.events()).isEqualTo(EVENTS);
        }
        assertThat(Files.readAllBytes(old)).isEqualTo(content);
        assertThat(segments()).hasSize(2);
    }

    private Journal open(String log, CursorFile.Known known) throws IOException {
        return Journal.open(directory, log, MAX_SIZE, true, known);
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Segment::isSegment).sorted().toList();
        }
    }

    private static byte[] withVersion(byte[] segment, int version) {
        ByteBuffer header = ByteBuffer.wrap(segment);
        header.putInt(8, version);
        header.putInt(Segment.HEADER - 8, RecordHeader.checksum(segment, 0, Segment.HEADER - 8));
        return segment;
    }
}
