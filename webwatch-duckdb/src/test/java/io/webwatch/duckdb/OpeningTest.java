package io.webwatch.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.config.ConfigurationException;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
    @TempDir
    private Path directory;

    private StoreFile file;

    @BeforeEach
    void file() {
        file = new StoreFile(directory);
    }

    @Test
    void open_createsFileAndDirectories() throws Exception {
        new StoreFile(directory.resolve("deep").resolve("er, with 'quotes' and ünïcode"))
                .open()
                .close();

        assertThat(directory.resolve("deep/er, with 'quotes' and ünïcode/webwatch.duckdb"))
                .exists();
    }

    @Test
    void open_usesTheConfiguredPath() throws Exception {
        WebWatchConfig config = WebWatchConfig.builder()
                .set(WebWatchProperties.DUCKDB_PATH, Path.of("sub/own.duckdb"))
                .build();

        file.open(config).close();

        assertThat(directory.resolve("sub/own.duckdb")).exists();
    }

    @Test
    void open_configuresTheEngine() throws Exception {
        WebWatchConfig config = WebWatchConfig.builder()
                .set(WebWatchProperties.DUCKDB_MEMORY_LIMIT, 128L << 20)
                .build();
        try (DuckDbStore store = file.open(config)) {
            List<String> settings = Objects.requireNonNull(store.open)
                    .readers()
                    .query(
                            new Sql()
                                    .add("SELECT current_setting('memory_limit'), current_setting('threads')::VARCHAR,"
                                            + " current_setting('temp_directory'),"
                                            + " current_setting('autoload_known_extensions')::VARCHAR"),
                            rows -> {
                                rows.next();
                                return List.of(
                                        rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
                            });

            assertThat(settings)
                    .containsExactly(
                            "128.0 MiB", "1", directory.resolve("duckdb-tmp").toString(), "false");
        }
    }

    @Test
    void lockedFile_isReportedWithTheOtherProcess() throws Exception {
        try (ChildJvm holder = new ChildJvm(FileHolder.class, directory.toString())) {
            assertThat(holder.line()).startsWith("open");

            assertThatThrownBy(file::open)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("open in another process (PID " + holder.pid() + ")")
                    .hasMessageContaining("webwatch.data-directory");
            holder.kill();
        }

        file.open().close();
        assertThat(file.number("SELECT count(*) FROM events")).isZero();
    }

    @Test
    void unwritableDirectory_isReportedWithTheRemedy() throws Exception {
        Path occupied = Files.writeString(directory.resolve("occupied"), "a file");

        assertThatThrownBy(() -> new StoreFile(occupied.resolve("data")).open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(occupied.toString())
                .hasMessageContaining("webwatch.duckdb.path");
    }

    @Test
    void damagedFile_isNotChanged() throws Exception {
        Files.writeString(file.path(), "not a database ".repeat(2000));

        assertThatThrownBy(file::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is damaged or is not a DuckDB file")
                .hasMessageContaining("Move it and its .wal file");
        assertThat(file.path()).hasContent("not a database ".repeat(2000));
    }

    @Test
    void fileWithADamagedHeader_isNotChanged() throws Exception {
        file.open().close();
        byte[] bytes = Files.readAllBytes(file.path());
        for (int i = 0; i < 12_288; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(file.path(), bytes);

        assertThatThrownBy(file::open).isInstanceOf(IOException.class).hasMessageContaining("is damaged");
        assertThat(file.path()).hasBinaryContent(bytes);
    }

    @Test
    void newerSchema_isRefused() throws Exception {
        file.open().close();
        file.execute("INSERT INTO schema_version VALUES (99, now()::TIMESTAMP)");

        assertThatThrownBy(file::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("newer version of WebWatch")
                .hasMessageContaining("version 99")
                .hasMessageContaining("Update webwatch-duckdb");
    }

    @Test
    void fileOfAnotherApplication_isRefused() throws Exception {
        file.execute("CREATE TABLE events (mine INTEGER)");

        assertThatThrownBy(file::open).isInstanceOf(IOException.class).hasMessageContaining("another application");
        assertThat(file.number("SELECT count(*) FROM events")).isZero();
    }

    @Test
    void olderSchema_isMigratedInOrderWithItsRows() throws Exception {
        try (DuckDbStore store = file.open()) {
            StoreFile.write(store, NumberedBatches.batch(1));
        }
        List<String> migrations = List.of(
                "SELECT 'fails if run, but the file has version 1 already'::INTEGER",
                "ALTER TABLE events ADD COLUMN added INTEGER DEFAULT 7",
                "CREATE TABLE third AS SELECT count(*) AS n FROM events WHERE added = 7");
        try (Connection connection = file.jdbc()) {
            Schema.migrate(connection, file.path(), migrations);
            Schema.migrate(connection, file.path(), migrations);
        }

        assertThat(file.number("SELECT n FROM third")).isEqualTo(NumberedBatches.size(1));
        assertThat(file.rows("SELECT version FROM schema_version ORDER BY version"))
                .containsExactly(List.of(1), List.of(2), List.of(3));
    }

    @Test
    void failedMigration_leavesTheFileAtItsVersion() throws Exception {
        file.open().close();
        List<String> migrations = List.of("", "CREATE TABLE half (a INTEGER); SELECT * FROM missing");
        try (Connection connection = file.jdbc()) {
            assertThatThrownBy(() -> Schema.migrate(connection, file.path(), migrations))
                    .hasMessageContaining("missing");
        }

        assertThat(file.number("SELECT max(version) FROM schema_version")).isEqualTo(1);
        assertThat(file.number("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'half'"))
                .isZero();
    }

    @Test
    void pathWithSemicolon_isAConfigurationError() {
        WebWatchConfig config = WebWatchConfig.builder()
                .set(WebWatchProperties.DUCKDB_PATH, Path.of("a;b.duckdb"))
                .build();

        assertThatThrownBy(() -> new DuckDbSinkFactory().validate(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("webwatch.duckdb.path");
    }
}
