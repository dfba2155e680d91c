package io.webwatch.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The directory of all files of WebWatch, owned by one application at a time. Thread-safe. */
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private @Nullable FileChannel channel;
    private @Nullable FileLock lock;

    /** Names the directory; {@link #acquire} creates it. */
    public DataDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** Returns the absolute path, whether or not the directory is acquired. */
    public Path path() {
        return path;
    }

    /**
     * Creates the directory if necessary and locks it against other applications. Does nothing if this object holds
     * the lock already.
     *
     * @return the absolute path
     * @throws IOException if it cannot be written or another application uses it; the message says what to do
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
                            + "); make it writable or set webwatch.data-directory to another directory.",
                    e);
        }
        if (lock == null) {
            release();
            throw new IOException("The data directory " + path
                    + " is used by another application; set webwatch.data-directory to a directory of this application"
                    + " only.");
        }
        return path;
    }

    /** Releases the lock. */
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
                open.close(); // releases the lock
            } catch (IOException e) {
                return; // the lock ends with the process at the latest
            }
        }
    }
}
