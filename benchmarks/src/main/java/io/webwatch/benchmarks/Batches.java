package io.webwatch.benchmarks;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.enrich.Enricher;
import io.webwatch.enrich.StateFile;
import io.webwatch.event.DropCounters;
import io.webwatch.event.Event;
import io.webwatch.intake.Submission;
import io.webwatch.request.ClientFacts;
import io.webwatch.runtime.ThreadFailures;
import io.webwatch.runtime.TimeSource;
import io.webwatch.wire.BatchDecoder;
import io.webwatch.wire.MalformedBatchException;
import io.webwatch.wire.WireBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The input of benchmarks: a batch of ten events, as the tracker sends it, and the clients that send it. */
public final class Batches {
    static final int EVENTS = 10;

    private static final byte[] PAGE_VIEW_KEY = "\"p\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int VARYING_DIGITS = 10;
    private static final int PAGE_VIEW_LENGTH = 22;

    private static final List<String> USER_AGENTS = List.of(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15",
            "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36");

    private Batches() {}

    /** Returns the body of a request. */
    static byte[] body() {
        try (InputStream in = Objects.requireNonNull(Batches.class.getResourceAsStream("batch.json"), "batch.json")) {
            byte[] file = in.readAllBytes();
            return Arrays.copyOf(file, file.length - 1); // without the file's last line feed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where the digits of the page view id begin that {@link #number} replaces. */
    static int digitsOf(byte[] body) {
        for (int i = 0; i < body.length; i++) {
            if (Arrays.equals(
                    body, i, Math.min(i + PAGE_VIEW_KEY.length, body.length), PAGE_VIEW_KEY, 0, PAGE_VIEW_KEY.length)) {
                return i + PAGE_VIEW_KEY.length + PAGE_VIEW_LENGTH - VARYING_DIGITS;
            }
        }
        throw new IllegalStateException("The batch has no page view id.");
    }

    /** Changes the page view id in the body, so that the batch does not count as repeated. */
    static void number(byte[] body, int digits, long number) {
        long rest = number;
        for (int i = digits + VARYING_DIGITS - 1; i >= digits; i--) {
            body[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Returns clients with different addresses and a few common user agents. */
    static ClientFacts[] clients(int count) {
        ClientFacts[] clients = new ClientFacts[count];
        for (int i = 0; i < count; i++) {
            clients[i] = new ClientFacts(
                    "198.51." + i / 250 + "." + i % 250,
                    USER_AGENTS.get(i % USER_AGENTS.size()),
                    "en-GB,en;q=0.8",
                    "shop.example",
                    false,
                    false,
                    null);
        }
        return clients;
    }

    /** Returns the enriched events of the given number of pages, ten events each. */
    public static List<Event> events(int pages) {
        List<Event> events = new ArrayList<>();
        long now = 1_790_000_000_000L;
        Enricher enricher = new Enricher(
                WebWatchConfig.defaults(),
                StateFile.none(),
                Enricher.loadUserAgents(new ThreadFailures(TimeSource.SYSTEM, (sentence, failure) -> {})),
                new DropCounters(),
                now,
                System::nanoTime);
        enricher.to(events::add);
        ClientFacts[] clients = clients(pages);
        byte[] body = body();
        for (int page = 0; page < pages; page++) {
            number(body, digitsOf(body), page);
            WireBatch batch;
            try {
                batch = new BatchDecoder().decode(body, 0, body.length);
            } catch (MalformedBatchException e) {
                throw new IllegalStateException(e);
            }
            enricher.enrich(new Submission(batch.context(), batch.events(), clients[page], now, 4_000, null), now);
        }
        return events;
    }
}
