package io.webwatch.duckdb;

import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.Session;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Appends events as rows, column by column in the order of the schema. Not thread-safe. */
final class EventRows {
    private final AttributeColumns attributes = new AttributeColumns();

    /** Appends a row of {@code events}. */
    void event(DuckDBAppender row, Event event, String properties) throws SQLException {
        row.beginRow();
        identity(row, event);
        context(row, event.context());
        attributes.appendTo(row, event.data());
        row.append(properties);
        row.endRow();
    }

    /** Appends a row of {@code sessions}. */
    void session(DuckDBAppender row, Event event, Session session) throws SQLException {
        row.beginRow();
        identity(row, event);
        context(row, event.context());
        row.append(session.ended() ? "ended" : "open");
        row.append(session.durationMillis());
        row.append(session.engagedMillis());
        row.append(session.pages());
        row.append(session.events());
        row.append(session.entry());
        row.append(session.exit());
        row.append(session.bounce());
        row.endRow();
    }

    private static void identity(DuckDBAppender row, Event event) throws SQLException {
        row.append(event.id().pageView());
        row.append(event.id().sequence());
        row.append(event.type().id());
        row.appendEpochMicros(Math.multiplyExact(event.timeMillis(), 1000L));
        row.append(event.timeNanos());
    }

    private static void context(DuckDBAppender row, EventContext context) throws SQLException {
        row.append(context.site());
        row.append(context.visitor());
        row.append(context.session());
        row.append(context.user());
        page(row, context.page());
        acquisition(row, context.acquisition());
        client(row, context.client());
        row.append(context.location().country());
        row.append(context.location().region());
        row.append(context.location().city());
        row.append(context.bot());
    }

    private static void page(DuckDBAppender row, EventContext.Page page) throws SQLException {
        row.append(page.id());
        row.append(page.host());
        row.append(page.path());
        row.append(page.route());
        row.append(page.title());
        row.append(page.referrer());
    }

    private static void acquisition(DuckDBAppender row, EventContext.Acquisition acquisition) throws SQLException {
        row.append(acquisition.channel());
        row.append(acquisition.utmSource());
        row.append(acquisition.utmMedium());
        row.append(acquisition.utmCampaign());
        row.append(acquisition.utmTerm());
        row.append(acquisition.utmContent());
    }

    private static void client(DuckDBAppender row, EventContext.Client client) throws SQLException {
        row.append(client.device().id());
        row.append(client.browser());
        row.append(client.browserVersion());
        row.append(client.os());
        row.append(client.osVersion());
        pixels(row, client.screenWidth());
        pixels(row, client.screenHeight());
        pixels(row, client.viewportWidth());
        pixels(row, client.viewportHeight());
        row.append(client.language());
        row.append(client.timeZone());
    }

    private static void pixels(DuckDBAppender row, int pixels) throws SQLException {
        if (pixels == 0) {
            row.appendNull();
        } else {
            row.append(pixels);
        }
    }

    /** Appends a value of an attribute column. */
    static void value(DuckDBAppender row, AttributeColumns.Kind kind, @Nullable Object value) throws SQLException {
        if (value == null) {
            row.appendNull();
            return;
        }
        switch (kind) {
            case TEXT -> row.append((String) value);
            case BIGINT -> row.append(((Long) value).longValue());
            case INTEGER -> row.append(clamped((Long) value));
            case DOUBLE -> row.append(((Number) value).doubleValue());
            case BOOLEAN -> row.append(((Boolean) value).booleanValue());
        }
    }

    private static int clamped(long value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }
}
