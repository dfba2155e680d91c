package io.webwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void prepare() {
        file = folder.resolve("state.json");
    }

    @Test
    void replace_createsAndReplaces() throws IOException {
        replace("first");
        replace("second");
        assertThat(file).hasContent("second");
        assertThat(folder.toFile().list()).containsExactly("state.json");
    }

    @Test
    void replace_afterACrashHalfway_overwritesTheRemains() throws IOException {
        Files.writeString(folder.resolve("state.json.new"), "half of the con");
        replace("all of it");
        assertThat(file).hasContent("all of it");
    }

    @Test
    void replace_makesAFileForItsOwnerOnly() throws IOException {
        Files.writeString(file, "readable by all");
        replace("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void replace_thatFails_leavesTheOldContent() throws IOException {
        replace("old");
        Files.createDirectories(folder.resolve("state.json.new/occupied"));
        assertThatThrownBy(() -> replace("new")).isInstanceOf(IOException.class);
        assertThat(file).hasContent("old");
    }

    private void replace(String content) throws IOException {
        AtomicFile.replace(file, content.getBytes(StandardCharsets.UTF_8));
    }
}
