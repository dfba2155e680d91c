package io.webwatch.fault;

import static org.awaitility.Awaitility.await;

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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * An application in a separate process. Its arguments are a directory and properties ({@code name=value}); {@value
 * #FIXED_CLOCK} makes its wall clock stand still. It reads commands from standard input and answers each with a line:
 * {@code publish PREFIX PAGES EVENTS}, {@code stream PREFIX THREADS}, {@code status}, {@code drops}, {@code close}.
 */
final class Application {
    /** With a fixed clock, a session emits events only when it starts and when the application stops. */
    static final String FIXED_CLOCK = "clock=fixed";

    private static final PrintStream OUT = System.out;

    private Application() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        List<String> settings = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        boolean fixed = settings.remove(FIXED_CLOCK);
        WebWatch webwatch = WebWatch.builder()
                .config(config(directory, settings))
                .clock(fixed ? InstantSource.fixed(Instant.now()) : InstantSource.system())
                .sink(new FileSink("sink", directory))
                .start();
        OUT.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        while (line != null && execute(webwatch, line.split(" "))) {
            line = in.readLine();
        }
    }

    private static WebWatchConfig config(Path directory, List<String> settings) {
        WebWatchConfig.Builder config = WebWatchConfig.builder()
                .set(WebWatchProperties.DATA_DIRECTORY, directory.resolve("data"))
                .set(WebWatchProperties.RETRY_INITIAL, Duration.ofMillis(20))
                .set(WebWatchProperties.RETRY_MAX, Duration.ofMillis(200));
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            config.set(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return config.build();
    }

    /** Executes a command, and returns whether there may be more. */
    private static boolean execute(WebWatch webwatch, String... words) {
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
                return false;
            }
            default -> throw new IllegalArgumentException(String.join(" ", words));
        }
        return true;
    }

    /** Sends pages one after another, and prints the number of accepted events and the numbers of their pages. */
    private static void publish(WebWatch webwatch, String prefix, long pages, int events) {
        Publisher publisher = new Publisher(webwatch);
        long accepted = 0;
        StringBuilder numbers = new StringBuilder();
        for (long page = 0; page < pages; page++) {
            long number = page;
            Acceptance acceptance =
                    publisher.submit(prefix, page, events).toCompletableFuture().join();
            if (acceptance.refusal() == DropReason.BUFFER_FULL) { // retry like a browser after a 503, only sooner
                acceptance = await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(
                                () -> publisher
                                        .submit(prefix, number, events)
                                        .toCompletableFuture()
                                        .join(),
                                again -> again.refusal() != DropReason.BUFFER_FULL);
            }
            accepted += acceptance.accepted();
            if (acceptance.accepted() > 0) {
                numbers.append(' ').append(page);
            }
        }
        OUT.println(accepted + numbers.toString());
    }

    /** Sends pages until the process ends, and prints the number of each accepted page. */
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
