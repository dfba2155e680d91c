package io.webwatch.servlet.internal.http;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.webwatch.fixture.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class FailureLogTest {
    private final Logger log = mock(Logger.class);
    private final ManualTime time = new ManualTime();
    private final FailureLog failures = new FailureLog(log, time);
    private final IllegalStateException failure = new IllegalStateException("a defect");

    @Test
    void firstFailure_isLogged() {
        failures.failed("answer a query", failure);

        verify(log).warn(anyString(), eq("answer a query"), eq(""), eq(failure));
    }

    @Test
    void repeatedFailures_areCountedAndLoggedOncePerMinute() {
        failures.failed("answer a query", failure);
        failures.failed("answer a query", failure);
        time.advance(Duration.ofSeconds(59));
        failures.failed("answer a query", failure);
        verify(log, times(1)).warn(anyString(), any(), any(), any());

        time.advance(Duration.ofSeconds(1));
        failures.failed("answer a query", failure);
        verify(log)
                .warn(anyString(), eq("answer a query"), eq(" (2 more failures since the last report)"), eq(failure));
    }
}
