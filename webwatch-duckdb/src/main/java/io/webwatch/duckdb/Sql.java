package io.webwatch.duckdb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** SQL text that grows together with the values of its question marks. Not thread-safe. */
final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    /** Adds text and the values of the question marks in it. */
    Sql add(String more, Object... values) {
        text.append(more);
        Collections.addAll(parameters, values);
        return this;
    }

    Sql add(Sql other) {
        text.append(other.text);
        parameters.addAll(other.parameters);
        return this;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    String text() {
        return text.toString();
    }

    List<Object> parameters() {
        return parameters;
    }

    @Override
    public String toString() {
        return text + " " + parameters;
    }
}
