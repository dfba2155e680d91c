package io.webwatch.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteResultTest {
    @Test
    void written_leavesNothingToDo() {
        WriteResult result = WriteResult.written();

        assertThat(result.isWritten()).isTrue();
        assertThat(result.isAllRetriable()).isFalse();
        assertThat(result.retriableIndices(3)).isEmpty();
        assertThat(result.reason()).isNull();
        assertThat(result).hasToString("WriteResult[written]");
    }

    @Test
    void retriable_leavesTheWholeBatch() {
        WriteResult result = WriteResult.retriable("server away", Duration.ofSeconds(5));

        assertThat(result.isWritten()).isFalse();
        assertThat(result.isAllRetriable()).isTrue();
        assertThat(result.retriableIndices(3)).containsExactly(0, 1, 2);
        assertThat(result.failures()).isEmpty();
        assertThat(result.reason()).isEqualTo("server away");
        assertThat(result.retryAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void partial_leavesItsRetriableFailuresInOrder() {
        WriteResult result = WriteResult.partial(
                List.of(
                        new WriteResult.Failure(4, true, "busy"),
                        new WriteResult.Failure(1, false, "wrong type"),
                        new WriteResult.Failure(2, true, "busy")),
                null);

        assertThat(result.isWritten()).isFalse();
        assertThat(result.isAllRetriable()).isFalse();
        assertThat(result.retriableIndices(5)).containsExactly(2, 4);
        assertThat(result.reason()).isEqualTo("busy");
        assertThat(result.retryAfter()).isNull();
        assertThat(result).hasToString("WriteResult[busy, 3 failures]");
    }

    @Test
    void partialWithoutFailures_isWritten() {
        assertThat(WriteResult.partial(List.of(), null).isWritten()).isTrue();
    }
}
