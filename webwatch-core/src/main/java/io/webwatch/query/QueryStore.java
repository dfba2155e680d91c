package io.webwatch.query;

/** A store that answers questions about history; a sink that implements it serves the dashboard. Thread-safe. */
public interface QueryStore {
    /**
     * Answers from all events written so far. Blocks; call it from a thread that may.
     *
     * @throws QueryException when it cannot
     */
    QueryResult query(Query query) throws QueryException;
}
