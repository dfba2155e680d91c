package io.webwatch.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.event.DropReason;
import io.webwatch.fixture.ManualTime;
import io.webwatch.intake.Submission.Outcome;
import io.webwatch.runtime.ThreadFailures;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeNotifierTest {
    private final ThreadFailures failures = new ThreadFailures(new ManualTime(), (sentence, failure) -> {});
    private final OutcomeNotifier notifier = new OutcomeNotifier(failures);
    private final List<@Nullable DropReason> decided = new CopyOnWriteArrayList<>();

    @Test
    void notify_ofARequestThatFails_notifiesTheOthers() {
        Outcome broken = refusal -> {
            throw new OutOfMemoryError();
        };
        notifier.notify(List.of(broken, decided::add), DropReason.JOURNAL_FULL);
        notifier.notify(List.of(broken, decided::add), null);
        notifier.close();
        assertThat(decided).containsExactly(DropReason.JOURNAL_FULL, null);
        assertThat(failures.counts()).containsEntry("webwatch-answers", 2L);
    }
}
