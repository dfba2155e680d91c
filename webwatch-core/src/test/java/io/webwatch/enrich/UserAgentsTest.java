package io.webwatch.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.event.EventContext.DeviceKind;
import io.webwatch.runtime.ThreadFailures;
import io.webwatch.runtime.TimeSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ua_parser.Parser;

class UserAgentsTest {
    private static final CompletableFuture<Parser> PARSER =
            UserAgents.load(new ThreadFailures(TimeSource.SYSTEM, (sentence, failure) -> {}));

    private long nanos;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36|DESKTOP|Chrome|Windows",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1|MOBILE|Mobile Safari|iOS",
                "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1|TABLET|Mobile Safari|iOS",
                "Mozilla/5.0 (Linux; Android 14; SM-X910) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36|TABLET|Chrome|Android",
                "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0|DESKTOP|Firefox|Linux",
            })
    void parse_ofABrowser_returnsDeviceBrowserAndSystem(String text, DeviceKind device, String browser, String os) {
        UserAgent agent = new UserAgents(PARSER, () -> nanos).parse(text);
        assertThat(agent.device()).isEqualTo(device);
        assertThat(agent.browser()).isEqualTo(browser);
        assertThat(agent.os()).isEqualTo(os);
    }

    @Test
    void parse_aboveItsShareOfTheTime_isUnparsed() {
        UserAgents agents = new UserAgents(PARSER, () -> nanos += TimeUnit.MILLISECONDS.toNanos(400));
        agents.parse("first");
        agents.parse("second");
        agents.parse("third");
        agents.parse("fourth");
        assertThat(agents.parse("fifth")).isEqualTo(UserAgent.UNPARSED);
        assertThat(agents.parse("first")).as("known ones cost nothing").isNotEqualTo(UserAgent.UNPARSED);
        nanos += TimeUnit.SECONDS.toNanos(60);
        assertThat(agents.parse("fifth")).as("after a rest").isNotEqualTo(UserAgent.UNPARSED);
    }

    @Test
    void parse_withoutItsLibrary_isUnparsed() {
        CompletableFuture<Parser> broken = CompletableFuture.failedFuture(new NoClassDefFoundError("ua_parser"));
        assertThat(new UserAgents(broken, () -> nanos).parse("Mozilla/5.0")).isEqualTo(UserAgent.UNPARSED);
    }

    @Test
    void parse_afterLoadingFailedOnce_worksAsSoonAsTheParserIsLoaded() {
        String firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
        Parser parser = PARSER.join();
        ThreadFailures failures = new ThreadFailures(TimeSource.SYSTEM, (sentence, failure) -> {});
        CountDownLatch parsedWithout = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        CompletableFuture<Parser> loaded = UserAgents.load(
                () -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new OutOfMemoryError();
                    }
                    awaitUninterrupted(parsedWithout);
                    return parser;
                },
                failures,
                failure -> {});
        UserAgents agents = new UserAgents(loaded, () -> nanos);
        assertThat(agents.parse(firefox)).isEqualTo(UserAgent.UNPARSED);

        parsedWithout.countDown();
        await().until(() -> !loaded.isCompletedExceptionally());
        assertThat(agents.parse(firefox).browser()).isEqualTo("Firefox");
        assertThat(failures.counts()).containsEntry("webwatch-user-agents", 1L);
    }

    @Test
    void load_thatNeverSucceeds_givesUp() {
        ThreadFailures failures = new ThreadFailures(TimeSource.SYSTEM, (sentence, failure) -> {});
        AtomicInteger attempts = new AtomicInteger();
        Supplier<Parser> broken = () -> {
            attempts.incrementAndGet();
            throw new NoClassDefFoundError("ua_parser/Parser");
        };
        CompletableFuture<Parser> loaded = UserAgents.load(broken, failures, failure -> {});
        await().until(() -> attempts.get() == 6);
        assertThat(loaded).isCompletedExceptionally();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
