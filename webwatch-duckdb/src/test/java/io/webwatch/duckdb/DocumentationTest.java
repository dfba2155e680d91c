package io.webwatch.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.config.Property;
import io.webwatch.config.WebWatchProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares {@code docs/duckdb.md} with the store. */
class DocumentationTest {
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| (\\w+) \\|", Pattern.MULTILINE);

    @TempDir
    private Path directory;

    private static String documentation() throws Exception {
        return Files.readString(Path.of("..", "docs", "duckdb.md"));
    }

    /** Returns names and types of the columns that are documented for a table. */
    private static List<List<Object>> documented(String table) throws Exception {
        String section = documentation().split("### `" + table + "`", 2)[1].split("\n###", 2)[0];
        List<List<Object>> columns = new ArrayList<>();
        Matcher matcher = ROW.matcher(section);
        while (matcher.find()) {
            columns.add(List.of(matcher.group(1), matcher.group(2)));
        }
        return columns;
    }

    private List<List<Object>> actual(String table) throws Exception {
        StoreFile file = new StoreFile(directory);
        file.open().close();
        return new ArrayList<>(file.rows("SELECT column_name, data_type FROM information_schema.columns"
                + " WHERE table_name = '" + table + "' ORDER BY ordinal_position"));
    }

    @Test
    void events_haveTheDocumentedColumns() throws Exception {
        assertThat(documented("events")).isEqualTo(actual("events"));
    }

    @Test
    void sessions_haveTheDocumentedColumns() throws Exception {
        List<List<Object>> columns = new ArrayList<>();
        for (List<Object> column : documented("events")) {
            columns.add(column);
            if (column.get(0).equals("bot")) {
                break;
            }
        }
        columns.addAll(documented("sessions"));

        assertThat(columns).isEqualTo(actual("sessions"));
    }

    @Test
    void properties_haveTheDocumentedDefaults() throws Exception {
        for (Property<?> property : List.of(
                WebWatchProperties.DUCKDB_PATH,
                WebWatchProperties.DUCKDB_RETENTION,
                WebWatchProperties.DUCKDB_MEMORY_LIMIT,
                WebWatchProperties.DUCKDB_THREADS)) {
            assertThat(documentation()).contains("| `" + property.name() + "` | `" + property.defaultText() + "` |");
        }
    }
}
