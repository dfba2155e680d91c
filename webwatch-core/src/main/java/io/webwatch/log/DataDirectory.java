package io.webwatch.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The directory of all files that WebWatch keeps, owned by one application at a time. Thread-safe. */
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private @Nullable FileChannel channel;
    private @Nullable FileLock lock;

    public DataDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** Absolute. */
    public Path path() {
        return path;
    }

    /**
     * Creates the directory if need be and takes possession of it, unless this object has it.
     *
     * @throws IOException with a sentence that says what to do, when it cannot be had now
     */
    public synchronized Path acquire() throws IOException {
        if (lock != null) {
            return path;
        }
        try {
            Files.createDirectories(path);
            channel = FileChannel.open(
                    path.resolve("webwatch.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        } catch (IOException e) {
            release();
            throw new IOException(
                    "The data directory " + path + " cannot be written (" + e
                            + "); make it writable or set webwatch.data-directory.",
                    e);
        }
        if (lock == null) {
            release();
            throw new IOException("The data directory " + path
                    + " is used by another application; set webwatch.data-directory to one of its own.");
        }
        return path;
    }

    /** Gives the directory up. */
    @Override
    public synchronized void close() {
        release();
    }

    private void release() {
        lock = null;
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close(); // lets go of the lock too
            } catch (IOException e) {
                return; // the process ends or tries again; nothing more can be done with it
            }
        }
    }
}
