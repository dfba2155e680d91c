package io.webwatch.influxdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server program in its own process, which ends with this JVM at the latest. */
final class ForkedServer implements AutoCloseable {
    private final String name;
    private final Path log;
    private final Process process;
    private final Thread hook;

    ForkedServer(String name, Path log, List<String> command) throws IOException {
        this.name = name;
        this.log = log;
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        this.hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Returns the path of a program from a Debian package. */
    static String program(String name, String debianPackage) {
        for (String directory : List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin")) {
            Path path = Path.of(directory, name);
            if (Files.isExecutable(path)) {
                return path.toString();
            }
        }
        throw new IllegalStateException(
                name + " is missing. Run ./test, or install it with: apt-get install " + debianPackage);
    }

    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(this + " has ended: " + Files.readString(log));
        }
    }

    long pid() {
        return process.pid();
    }

    /** Kills the process, as a crash would. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    @Override
    public void close() {
        process.destroy();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                process.waitFor(20, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the JVM is shutting down and runs it
        }
    }

    @Override
    public String toString() {
        return name + " (process " + process.pid() + ")";
    }
}
