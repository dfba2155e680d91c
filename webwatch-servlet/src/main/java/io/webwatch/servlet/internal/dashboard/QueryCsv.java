package io.webwatch.servlet.internal.dashboard;

import io.webwatch.query.Query;
import io.webwatch.query.QueryResult;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answer to a query as CSV (RFC 4180). Any visitor's browser can supply text, so a value that a spreadsheet
 * would interpret as a formula is prefixed with an apostrophe.
 */
final class QueryCsv {
    private QueryCsv() {}

    static byte[] bytes(QueryResult result) {
        StringBuilder csv = new StringBuilder(1024);
        boolean first = true;
        for (QueryResult.Column column : result.columns()) {
            csv.append(first ? "" : ",").append(column.name());
            first = false;
        }
        csv.append("\r\n");
        for (List<@Nullable Object> row : result.rows()) {
            first = true;
            for (Object value : row) {
                csv.append(first ? "" : ",").append(cell(value));
                first = false;
            }
            csv.append("\r\n");
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String fileName(Query query) {
        ZonedDateTime from = query.from().atZone(query.zone());
        ZonedDateTime last = query.to().minusMillis(1).atZone(query.zone());
        return "webwatch-" + from.toLocalDate() + "-" + last.toLocalDate() + ".csv";
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        if (!(value instanceof String)) {
            return text;
        }
        if (!text.isEmpty() && "=+-@\t\r\n|%".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean quote = text.indexOf('"') >= 0
                || text.indexOf(',') >= 0
                || text.indexOf('\r') >= 0
                || text.indexOf('\n') >= 0
                || !text.equals(text.strip());
        return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
