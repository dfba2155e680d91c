package io.webwatch.duckdb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Builds SQL text together with the values of its parameters. Not thread-safe. */
final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    /** Appends text with the values of its parameters, which are question marks in the text. */
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
