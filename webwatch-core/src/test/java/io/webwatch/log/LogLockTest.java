package io.webwatch.log;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.fixture.ManualTime;
import io.webwatch.fixture.TestEvents;
import io.webwatch.journal.Place;
import io.webwatch.sink.EventBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each class that shares the log's lock notices an access without it. */
class LogLockTest {
    private static final long MAX_BYTES = 1_000;

    static Stream<String> accesses() {
        return new Parts().accesses.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("accesses")
    void access_withoutTheLock_fails(String access) {
        Parts parts = new Parts();
        assertThatThrownBy(parts.accesses.get(access)::run)
                .isInstanceOf(AssertionError.class)
                .hasMessage("The current thread does not hold the log's lock.");
    }

    @ParameterizedTest
    @MethodSource("accesses")
    void access_withTheLock_succeeds(String access) {
        Parts parts = new Parts();
        assertThatCode(() -> parts.log.lock().run(parts.accesses.get(access))).doesNotThrowAnyException();
    }

    /** A log with a batch and a cursor that has not read it, and a way to access each of its parts. */
    private static final class Parts {
        private final BatchLog log = new BatchLog("log", MAX_BYTES, new ManualTime());
        private final Map<String, Runnable> accesses = new LinkedHashMap<>();

        private Parts() {
            LogLock lock = log.lock();
            Memory memory = log.memory();
            Cursor cursor = log.cursor("sink");
            CursorSet cursors = new CursorSet(lock);
            Eviction eviction = new Eviction(lock, memory, cursors, MAX_BYTES);
            Backlog backlog = new Backlog(lock);
            log.append(TestEvents.range(1, 1), 100);
            addMemory(memory);
            accesses.put("BatchLog.endPosition", log::endPosition);
            accesses.put("BatchLog.isClosed", log::isClosed);
            accesses.put("BatchLog.isJournalExpected", log::isJournalExpected);
            accesses.put("BatchLog.journal", log::journal);
            accesses.put("BatchLog.generation", log::generation);
            accesses.put("BatchLog.cursorAdvanced", log::cursorAdvanced);
            accesses.put("Cursor.read", cursor::read);
            accesses.put("Cursor.done", cursor::done);
            accesses.put("Cursor.readPlace", cursor::readPlace);
            accesses.put("Cursor.donePlace", cursor::donePlace);
            accesses.put("Cursor.addLost", () -> cursor.addLost(1));
            accesses.put("Cursor.closeReader", cursor::closeReader);
            accesses.put("CursorSet.add", () -> cursors.add(cursor));
            accesses.put("CursorSet.minDone", cursors::minDone);
            accesses.put("CursorSet.minDoneBySinks", cursors::minDoneBySinks);
            accesses.put("CursorSet.minReadFromMemoryOnly", cursors::minReadFromMemoryOnly);
            accesses.put("CursorSet.donePlaces", cursors::donePlaces);
            accesses.put("CursorSet.readPlaces", cursors::readPlaces);
            accesses.put("CursorSet.closeReaders", cursors::closeReaders);
            accesses.put("Eviction.removeDone", eviction::removeDone);
            accesses.put("Eviction.enforceLimit", eviction::enforceLimit);
            accesses.put("Eviction.evictJournalled", () -> eviction.evictJournalled(0));
            accesses.put("Backlog.start", () -> backlog.start(Place.START));
            accesses.put("Backlog.isPending", backlog::isPending);
            accesses.put("Backlog.isUnread", backlog::isUnread);
            accesses.put("Backlog.hasOutstanding", backlog::hasOutstanding);
            accesses.put("Backlog.read", backlog::read);
            accesses.put("Backlog.done", backlog::done);
            accesses.put("Backlog.batchRead", () -> backlog.batchRead(Place.START));
            accesses.put("Backlog.endReached", backlog::endReached);
            accesses.put("Backlog.batchDone", () -> backlog.batchDone(Place.START));
            accesses.put("SpoolFeed.awaitRoom", () -> log.spoolFeed().awaitRoom(1));
            accesses.put("SpoolFeed.batchAppended", () -> log.spoolFeed().batchAppended(true));
            accesses.put("SpoolFeed.cursorAdvanced", () -> log.spoolFeed().cursorAdvanced());
        }

        private void addMemory(Memory memory) {
            EventBatch batch = new EventBatch("log", 2, List.copyOf(TestEvents.range(2, 2)), 100);
            accesses.put("Memory.isEmpty", memory::isEmpty);
            accesses.put("Memory.size", memory::size);
            accesses.put("Memory.bytes", memory::bytes);
            accesses.put("Memory.unjournalledBytes", memory::unjournalledBytes);
            accesses.put("Memory.journalledPosition", memory::journalledPosition);
            accesses.put("Memory.add", () -> memory.add(batch, false));
            accesses.put("Memory.removeUpTo", () -> memory.removeUpTo(1));
            accesses.put("Memory.after", () -> memory.after(0));
            accesses.put("Memory.oldest", memory::oldest);
            accesses.put("Memory.oldestUnclaimed", memory::oldestUnclaimed);
            accesses.put("Memory.allAfter", () -> memory.allAfter(0));
            accesses.put("Memory.claim", () -> memory.claim(1));
            accesses.put("Memory.unclaim", () -> memory.unclaim(1));
            accesses.put("Memory.markJournalled", () -> memory.markJournalled(1));
            accesses.put("Memory.oldestAfter", () -> memory.oldestAfter(0, 0, 0));
        }
    }
}
