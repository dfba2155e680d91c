package io.webwatch.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.duckdb.DuckDbStore.Format;
import io.webwatch.query.QueryException;
import io.webwatch.test.PlainEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
    @TempDir
    private Path directory;

    @Test
    void parquet_hasEveryRowOfTheOpenStore() throws Exception {
        StoreFile file = new StoreFile(directory);
        Path target = directory.resolve("it's exported.parquet");
        try (DuckDbStore store = file.open()) {
            StoreFile.write(store, StoreFile.batch("a", 1, PlainEvents.pageViews(50, StoreFile.NOW.toEpochMilli())));
            store.export(target, Format.PARQUET);
            StoreFile.write(store, StoreFile.batch("a", 2, PlainEvents.pageViews(50, StoreFile.NOW.toEpochMilli())));
            store.export(target, Format.PARQUET);
        }

        String read = "read_parquet('" + target.toString().replace("'", "''") + "')";
        assertThat(file.number("SELECT count(*) FROM " + read)).isEqualTo(100);
        assertThat(file.rows("SELECT * FROM " + read + " EXCEPT SELECT * FROM events"))
                .isEmpty();
        assertThat(file.rows("DESCRIBE SELECT time, time_ns FROM " + read).get(0))
                .contains("TIMESTAMP");
    }

    @Test
    void csv_hasAHeaderAndEveryRow() throws Exception {
        Path target = directory.resolve("events.csv");
        try (DuckDbStore store = new StoreFile(directory).open()) {
            StoreFile.write(store, StoreFile.batch("a", 1, PlainEvents.pageViews(3, StoreFile.NOW.toEpochMilli())));
            store.export(target, Format.CSV);
        }

        List<String> lines = Files.readAllLines(target);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("id_page_view,sequence,type,time,time_ns,site,visitor,session,user");
        assertThat(lines.get(1)).startsWith("p0,0,page_view,2026-03-10 12:00:00,");
    }

    @Test
    void targetThatCannotBeWritten_isAnErrorWithTheReason() throws Exception {
        try (DuckDbStore store = new StoreFile(directory).open()) {
            assertThatThrownBy(() -> store.export(directory.resolve("missing/events.csv"), Format.CSV))
                    .isInstanceOf(QueryException.class)
                    .hasMessageContaining("missing/events.csv");
        }
    }
}
