package io.webwatch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path temp;

    @Test
    void acquire_ofANewDirectory_createsIt() throws Exception {
        try (DataDirectory directory = new DataDirectory(temp.resolve("a/b"))) {
            assertThat(directory.acquire()).isDirectory().isAbsolute();
            assertThat(directory.acquire()).as("again").isEqualTo(directory.path());
        }
    }

    @Test
    void acquire_ofADirectoryInUse_saysWhatToDo() throws Exception {
        try (DataDirectory first = new DataDirectory(temp);
                DataDirectory second = new DataDirectory(temp)) {
            first.acquire();
            assertThatThrownBy(second::acquire)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("used by another application")
                    .hasMessageContaining("webwatch.data-directory");
            release(first);
            assertThat(second.acquire()).isEqualTo(temp.toAbsolutePath());
        }
    }

    @Test
    void acquire_belowAFile_saysWhatToDo() throws Exception {
        Path file = Files.createFile(temp.resolve("file"));
        try (DataDirectory directory = new DataDirectory(file.resolve("data"))) {
            assertThatThrownBy(directory::acquire)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be written")
                    .hasMessageContaining("webwatch.data-directory");
        }
    }

    private static void release(DataDirectory directory) {
        directory.close();
    }
}
