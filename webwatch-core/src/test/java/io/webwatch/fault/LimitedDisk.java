package io.webwatch.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A disk that is nearly full until it is enlarged: a small file system in memory if this user may mount one,
 * otherwise a limit on the size of the process's files.
 */
final class LimitedDisk implements AutoCloseable {
    private final Path directory;
    private final boolean mounted;

    LimitedDisk(Path directory) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        this.mounted = run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", directory.toString());
    }

    /** Returns the beginning of the command of a process that uses this disk. */
    List<String> command() {
        return mounted ? List.of() : List.of("prlimit", "--fsize=131072:unlimited");
    }

    /** Removes the limit for a running process. */
    void enlarge(ApplicationProcess process) throws IOException, InterruptedException {
        boolean done = mounted
                ? run("mount", "-o", "remount,size=256m", directory.toString())
                : run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=unlimited:unlimited");
        if (!done) {
            throw new IOException("The limit cannot be removed.");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            System.out.println(String.join(" ", command) + ": " + output.strip());
            return false;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        try {
            if (mounted && !run("umount", directory.toString())) {
                throw new IOException(directory + " could not be unmounted.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
