package io.webwatch.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.fixture.ManualTime;
import io.webwatch.servlet.DashboardAccess.Decision;
import io.webwatch.servlet.DashboardAccess.Outcome;
import io.webwatch.servlet.testing.Requests;
import io.webwatch.servlet.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BasicDashboardAccessTest {
    private static final String CORRECT = TestServer.basic("webwatch", TestServer.PASSWORD);
    private static final String WRONG = TestServer.basic("webwatch", "guess");

    private final ManualTime time = new ManualTime();
    private final DashboardAccess access = BasicDashboardAccess.of(
            WebWatchConfig.builder()
                    .set("webwatch.dashboard.password", TestServer.PASSWORD)
                    .build(),
            time);

    private Decision check(String peer, String authorization) {
        return access.check(Requests.from(peer, "Authorization", authorization));
    }

    @Test
    void correctPassword_isAdmitted() {
        assertThat(check("203.0.113.7", CORRECT).outcome()).isEqualTo(Outcome.ALLOW);
        assertThat(check("203.0.113.7", WRONG).outcome()).isEqualTo(Outcome.CHALLENGE);
    }

    @Test
    void fiveFailures_areFollowedByOneAttemptInTenSeconds() {
        for (int i = 0; i < 5; i++) {
            assertThat(check("203.0.113.7", WRONG).outcome()).isEqualTo(Outcome.CHALLENGE);
        }
        Decision throttled = check("203.0.113.7", CORRECT);
        assertThat(throttled.outcome()).isEqualTo(Outcome.THROTTLE);
        assertThat(throttled.retryAfterSeconds()).isEqualTo(11);
        assertThat(check("203.0.113.8", CORRECT).outcome()).isEqualTo(Outcome.ALLOW);

        time.advance(Duration.ofSeconds(10));
        assertThat(check("203.0.113.7", WRONG).outcome()).isEqualTo(Outcome.CHALLENGE);
        assertThat(check("203.0.113.7", CORRECT).outcome()).isEqualTo(Outcome.THROTTLE);
        time.advance(Duration.ofSeconds(10));
        assertThat(check("203.0.113.7", CORRECT).outcome()).isEqualTo(Outcome.ALLOW);
    }

    @Test
    void generatedPassword_isNotEmpty() {
        DashboardAccess generated = DashboardAccess.basic(WebWatchConfig.defaults());
        assertThat(generated
                        .check(Requests.from("203.0.113.7", "Authorization", TestServer.basic("webwatch", "")))
                        .outcome())
                .isEqualTo(Outcome.CHALLENGE);
        assertThat(generated.check(Requests.from("203.0.113.7")).outcome()).isEqualTo(Outcome.CHALLENGE);
    }
}
