package io.webwatch.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelsTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'', -, direct",
                "'', www.google.co.uk, search",
                "'', news.ycombinator.com, social",
                "'', t.co, social",
                "'', chatgpt.com, ai",
                "'', blog.example.org, referral",
                "'', search, referral",
                "?utm_source=google&utm_medium=cpc, www.google.com, paid",
                "?gclid=x, -, paid",
                "?fbclid=x, -, social",
                "?utm_medium=email, -, email",
                "?utm_source=partner, -, campaign",
                "?utm_source=Facebook, -, social",
            })
    void of_aVisit_namesTheChannel(String query, String referrerHost, String channel) {
        PageAddress page = PageAddress.parse("http://shop.example/" + query, Set.of());
        assertThat(Channels.of(page, referrerHost).channel()).isEqualTo(channel);
    }
}
