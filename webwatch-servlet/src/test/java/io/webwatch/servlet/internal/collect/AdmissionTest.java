package io.webwatch.servlet.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.fixture.ManualTime;
import io.webwatch.request.ClientFacts;
import io.webwatch.servlet.testing.Requests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final ManualTime time = new ManualTime();

    @Test
    void rate_allowsTheRequestsOfTenSecondsAtOnce() {
        Admission admission = new Admission(
                WebWatchConfig.builder()
                        .set("webwatch.collector.rate-limit", "2")
                        .build(),
                time);
        ClientFacts client = admission.facts(Requests.from("203.0.113.7"));
        for (int i = 0; i < 20; i++) {
            assertThat(admission.rateWait(client)).isZero();
        }
        assertThat(admission.rateWait(client)).isEqualTo(500_000_000L);
        time.advance(Duration.ofMillis(500));
        assertThat(admission.rateWait(client)).isZero();
    }

    @Test
    void rateOfZero_isNoLimit() {
        Admission admission = new Admission(
                WebWatchConfig.builder()
                        .set("webwatch.collector.rate-limit", "0")
                        .build(),
                time);
        ClientFacts client = admission.facts(Requests.from("203.0.113.7"));
        for (int i = 0; i < 10_000; i++) {
            assertThat(admission.rateWait(client)).isZero();
        }
    }

    @Test
    void headers_areCut() {
        ClientFacts client = new Admission(WebWatchConfig.defaults(), time)
                .facts(Requests.from("203.0.113.7", "User-Agent", "a".repeat(600), "Accept-Language", "b".repeat(300)));
        assertThat(client.userAgent()).hasSize(512);
        assertThat(client.acceptLanguage()).hasSize(256);
    }
}
