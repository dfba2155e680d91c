package io.webwatch.query;

/** A store that answers queries. A sink that implements it can serve the dashboard. Thread-safe. */
public interface QueryStore {
    /**
     * Answers a query from all events written so far. Blocks until the result is available.
     *
     * @throws QueryException if the query is not supported, takes too long or fails
     */
    QueryResult query(Query query) throws QueryException;
}
