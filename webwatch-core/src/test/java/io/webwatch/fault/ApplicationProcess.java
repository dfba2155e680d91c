package io.webwatch.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running {@link Application}, which can be killed at any moment. */
final class ApplicationProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final PrintStream input;

    private ApplicationProcess(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = process.inputReader(StandardCharsets.UTF_8);
        input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /**
     * Starts a process and waits until WebWatch runs in it.
     *
     * @param before beginning of the command, such as one that limits the size of files
     */
    static ApplicationProcess start(List<String> before, Path directory, String... properties) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName(),
                directory.toString()));
        command.addAll(List.of(properties));
        ApplicationProcess started = new ApplicationProcess(command);
        if (!"ready".equals(started.line())) {
            throw new IOException("The application did not start.");
        }
        return started;
    }

    static ApplicationProcess start(Path directory, String... properties) throws IOException {
        return start(List.of(), directory, properties);
    }

    void send(String command) {
        input.println(command);
    }

    String ask(String command) throws IOException {
        send(command);
        return line();
    }

    /** Returns the next line that it prints, or null if it has ended. */
    String line() throws IOException {
        return output.readLine();
    }

    long pid() {
        return process.pid();
    }

    /** Kills it like {@code kill -9}, waits for its end, and returns the lines that it had printed until then. */
    List<String> kill() throws IOException, InterruptedException {
        process.toHandle().destroyForcibly(); // Process.destroyForcibly would close the pipe and lose its content
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The process " + pid() + " is still alive after it was killed.");
        }
        List<String> rest = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            rest.add(line);
        }
        return rest;
    }

    Map<String, Long> drops() throws IOException {
        return parse(ask("drops"));
    }

    /** Stops it in order and returns what it has dropped. */
    Map<String, Long> stop() throws IOException, InterruptedException {
        Map<String, Long> drops = parse(ask("close"));
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The process " + pid() + " does not stop.");
        }
        return drops;
    }

    private static Map<String, Long> parse(String line) {
        Map<String, Long> drops = new HashMap<>();
        for (String entry : line.split(" ")) {
            if (!entry.isEmpty()) {
                String[] parts = entry.split("=");
                drops.put(parts[0], Long.parseLong(parts[1]));
            }
        }
        return drops;
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
