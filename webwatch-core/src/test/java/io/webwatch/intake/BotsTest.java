package io.webwatch.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.request.ClientFacts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BotsTest {
    private final Bots bots = new Bots();

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36, de, -",
                "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/130.0 Safari/537.36, de, automation",
                "Mozilla/5.0 (compatible; Googlebot/2.1), -, crawler",
                "Mozilla/5.0 (Linux; Android 9; CUBOT X19) Mobile Safari/537.36, en, -",
                "curl/8.1, -, http_client",
                "'', de, no_user_agent",
                "Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0, -, no_language",
            })
    void reason_ofAClient_tellsProgramsFromPeople(String userAgent, String language, String reason) {
        ClientFacts client = new ClientFacts("192.0.2.1", userAgent, language, null, false, false, null);
        assertThat(bots.reason(client)).isEqualTo(reason);
        assertThat(bots.reason(client)).as("from the cache").isEqualTo(reason);
    }
}
