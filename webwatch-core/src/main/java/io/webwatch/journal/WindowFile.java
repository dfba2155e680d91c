package io.webwatch.journal;

import io.webwatch.runtime.AtomicFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Stores the window of recent events in which duplicates are detected, with a checksum and the place it covers. */
public final class WindowFile {
    /** Name of the file in the journal's directory. */
    public static final String NAME = "window.bin";

    private WindowFile() {}

    /**
     * A snapshot of the window.
     *
     * @param place last place in the journal whose events it covers
     * @param content the batcher's encoding
     */
    public record Window(Place place, byte[] content) {}

    /**
     * Replaces the stored snapshot.
     *
     * @throws IOException if it cannot be written; the previous snapshot is kept
     */
    public static void store(Path folder, Window window) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(window.content().length + 20);
        DataOutputStream out = new DataOutputStream(body);
        out.writeLong(window.place().generation());
        out.writeLong(window.place().position());
        out.write(window.content());
        byte[] bytes = body.toByteArray();
        ByteArrayOutputStream file = new ByteArrayOutputStream(bytes.length + 4);
        new DataOutputStream(file).writeInt(RecordHeader.checksum(bytes, 0, bytes.length));
        file.write(bytes);
        AtomicFile.replace(folder.resolve(NAME), file.toByteArray());
    }

    /**
     * Reads the stored snapshot.
     *
     * @return the snapshot, or null if there is none or it is damaged
     * @throws IOException if the file cannot be read
     */
    public static @Nullable Window load(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return null;
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length < 20) {
            return null;
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readInt() != RecordHeader.checksum(bytes, 4, bytes.length - 4)) {
            return null;
        }
        Place place = new Place(in.readLong(), in.readLong());
        return new Window(place, in.readAllBytes());
    }
}
