package io.webwatch.fault;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.DropReason;
import io.webwatch.request.Acceptance;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * An application in a process of its own. Arguments: a directory and properties ({@code name=value}). Reads commands from
 * standard input and answers each on a line: {@code publish PREFIX PAGES EVENTS}, {@code stream PREFIX THREADS}, {@code
 * status}, {@code drops}, {@code close}.
 */
final class Application {
    private static final PrintStream OUT = System.out;

    private Application() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        WebWatchConfig.Builder config = WebWatchConfig.builder()
                .set(WebWatchProperties.DATA_DIRECTORY, directory.resolve("data"))
                .set(WebWatchProperties.RETRY_INITIAL, Duration.ofMillis(20))
                .set(WebWatchProperties.RETRY_MAX, Duration.ofMillis(200));
        for (int i = 1; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            config.set(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        WebWatch webwatch = WebWatch.builder()
                .config(config.build())
                .sink(new FileSink("sink", directory))
                .start();
        OUT.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "publish" -> publish(webwatch, words[1], Long.parseLong(words[2]), Integer.parseInt(words[3]));
                case "stream" -> stream(webwatch, words[1], Integer.parseInt(words[2]));
                case "status" ->
                    OUT.println(webwatch.status().journal().bytes() + " "
                            + webwatch.status().sinks().get(0).lag() + " "
                            + webwatch.status().journal().lastError());
                case "drops" -> OUT.println(drops(webwatch));
                case "close" -> {
                    webwatch.close();
                    OUT.println(drops(webwatch));
                    return;
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    /** Sends pages one after the other, and prints how many events were taken and the numbers of their pages. */
    private static void publish(WebWatch webwatch, String prefix, long pages, int events) {
        Publisher publisher = new Publisher(webwatch);
        long taken = 0;
        StringBuilder numbers = new StringBuilder();
        for (long page = 0; page < pages; page++) {
            Acceptance acceptance =
                    publisher.submit(prefix, page, events).toCompletableFuture().join();
            for (int again = 0; again < 2_000 && acceptance.refusal() == DropReason.BUFFER_FULL; again++) {
                LockSupport.parkNanos(1_000_000); // as a browser comes again after a 503, only sooner
                acceptance = publisher
                        .submit(prefix, page, events)
                        .toCompletableFuture()
                        .join();
            }
            taken += acceptance.accepted();
            if (acceptance.accepted() > 0) {
                numbers.append(' ').append(page);
            }
        }
        OUT.println(taken + numbers.toString());
    }

    /** Sends without end, and prints the number of each page that was taken. */
    private static void stream(WebWatch webwatch, String prefix, int threads) {
        Publisher publisher = new Publisher(webwatch);
        AtomicLong next = new AtomicLong();
        for (int i = 0; i < threads; i++) {
            Thread sender = new Thread(() -> {
                while (true) {
                    long page = next.getAndIncrement();
                    Acceptance acceptance = publisher
                            .submit(prefix, page, 3)
                            .toCompletableFuture()
                            .join();
                    if (acceptance.isAccepted()) {
                        OUT.println(page);
                    }
                }
            });
            sender.setDaemon(true);
            sender.start();
        }
    }

    private static String drops(WebWatch webwatch) {
        return webwatch.drops().snapshot().entrySet().stream()
                .map(entry -> entry.getKey().id() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
