package io.webwatch.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebVitalTest {
    @ParameterizedTest
    @CsvSource({
        "LCP,2500,good",
        "LCP,2500.1,needs-improvement",
        "LCP,4000,needs-improvement",
        "LCP,4000.1,poor",
        "INP,200,good",
        "INP,201,needs-improvement",
        "INP,501,poor",
        "CLS,0,good",
        "CLS,0.1,good",
        "CLS,0.25,needs-improvement",
        "CLS,0.251,poor",
        "FCP,1800,good",
        "FCP,3000,needs-improvement",
        "FCP,3001,poor",
        "TTFB,800,good",
        "TTFB,1800,needs-improvement",
        "TTFB,1801,poor"
    })
    void rating_isThatOfThePublishedLimits(String name, double value, String rating) {
        assertThat(new WebVital(name, value, null).rating()).isEqualTo(rating);
    }

    @Test
    void rating_thatIsGiven_isKept() {
        assertThat(new WebVital("LCP", 1, "poor").rating()).isEqualTo("poor");
    }

    @Test
    void rating_ofWhatHasNoLimits_isNone() {
        assertThat(new WebVital("other", 1, null).rating()).isNull();
        assertThat(new WebVital("LCP", Double.NaN, null).rating()).isNull();
    }
}
