package io.webwatch.servlet.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneAddressWatchTest {
    private static OneAddressWatch after(int requests, int addresses, int browsers) {
        OneAddressWatch watch = new OneAddressWatch();
        for (int i = 0; i < requests; i++) {
            watch.saw("10.0.0." + i % addresses, "Browser/" + i % browsers);
        }
        return watch;
    }

    @Test
    void manyBrowsersAtOneAddress_causeAWarning() {
        assertThat(after(3 * OneAddressWatch.WINDOW, 1, 50).warnings())
                .singleElement()
                .asString()
                .contains("webwatch.collector.trusted-proxies");
    }

    @Test
    void fewBrowsersAtOneAddress_causeNoWarning() {
        assertThat(after(5 * OneAddressWatch.WINDOW, 1, 2).warnings()).isEmpty();
    }

    @Test
    void severalAddresses_causeNoWarning() {
        assertThat(after(5 * OneAddressWatch.WINDOW, 5, 50).warnings()).isEmpty();
    }

    @Test
    void fewRequests_causeNoWarning() {
        assertThat(after(OneAddressWatch.WINDOW, 1, 50).warnings()).isEmpty();
    }
}
