package io.webwatch.benchmarks;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.config.WebWatchProperties.DeliveryMode;
import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.request.ClientFacts;
import io.webwatch.sink.EventBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the time from the acceptance of a request until its events arrive at a sink, and until the response in durable
 * mode, at a constant rate. Arguments: seconds, then rates in events per second.
 */
public final class Latency {
    private static final int WARM_UP_SECONDS = 5;

    private Latency() {}

    /** Prints one line for each mode and rate. */
    public static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[0]);
        for (DeliveryMode delivery : DeliveryMode.values()) {
            for (String rate : Arrays.asList(arguments).subList(1, arguments.length)) {
                new Run(delivery, Integer.parseInt(rate), seconds).measure();
            }
        }
    }

    private static final class Run extends BenchmarkSink {
        private final DeliveryMode delivery;
        private final int rate;
        private final long[] sent;
        private final long[] arrived;
        private final long[] answered;
        private final LongAdder refused = new LongAdder();

        private Run(DeliveryMode delivery, int rate, int seconds) {
            this.delivery = delivery;
            this.rate = rate;
            int requests = rate / Batches.EVENTS * (seconds + WARM_UP_SECONDS);
            this.sent = new long[requests];
            this.arrived = new long[requests];
            this.answered = new long[requests];
        }

        private void measure() throws IOException {
            Path directory = Files.createTempDirectory("webwatch-latency");
            WebWatchConfig config = WebWatchConfig.builder()
                    .set(WebWatchProperties.DATA_DIRECTORY, directory)
                    .set(WebWatchProperties.DELIVERY, delivery)
                    .set(WebWatchProperties.SINKS, List.of(NAME))
                    .build();
            try (WebWatch webwatch =
                    WebWatch.builder().config(config).sink(this).start()) {
                send(webwatch);
            }
            int from = rate / Batches.EVENTS * WARM_UP_SECONDS;
            System.out.printf(
                    "%-8s %6d events/s   accept to sink: %s   accept to answer: %s   refused: %d%n",
                    delivery.name().toLowerCase(Locale.ROOT),
                    rate,
                    percentiles(from, arrived),
                    percentiles(from, answered),
                    refused.sum());
        }

        private void send(WebWatch webwatch) {
            byte[] body = Batches.body();
            int digits = Batches.digitsOf(body);
            ClientFacts[] clients = Batches.clients(1_000);
            long interval = TimeUnit.SECONDS.toNanos(1) * Batches.EVENTS / rate;
            long start = System.nanoTime();
            for (int i = 0; i < sent.length; i++) {
                long due = start + i * interval;
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                Batches.number(body, digits, i);
                int request = i;
                sent[i] = System.nanoTime();
                webwatch.submit(body, 0, body.length, clients[i % clients.length])
                        .thenAccept(acceptance -> {
                            answered[request] = System.nanoTime();
                            refused.add(acceptance.isAccepted() ? 0 : 1);
                        });
            }
        }

        private String percentiles(int from, long[] at) {
            long[] taken = new long[sent.length - from];
            int count = 0;
            for (int i = from; i < sent.length; i++) {
                if (at[i] != 0) {
                    taken[count++] = at[i] - sent[i];
                }
            }
            if (count == 0) {
                return "none";
            }
            Arrays.sort(taken, 0, count);
            return String.format("p50 %.2f ms, p99 %.2f ms", taken[count / 2] / 1e6, taken[(int) (count * 0.99)] / 1e6);
        }

        @Override
        void received(EventBatch batch) {
            long now = System.nanoTime();
            for (Event event : batch.events()) {
                if (event.type() == EventType.PAGE_VIEW) {
                    String page = event.id().pageView();
                    arrived[Integer.parseInt(page.substring(page.length() - 10))] = now;
                }
            }
        }
    }
}
