package io.webwatch;

import io.webwatch.delivery.Delivery;
import io.webwatch.query.Query;
import io.webwatch.query.QueryException;
import io.webwatch.query.QueryResult;
import io.webwatch.query.QueryStore;
import io.webwatch.sink.Sink;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A query store whose sink is opened by the first query. A query waits up to ten seconds for it. Thread-safe. */
final class LazyQueryStore implements QueryStore {
    private static final long OPEN_SECONDS = 10;

    private final Delivery delivery;

    LazyQueryStore(Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    public QueryResult query(Query query) throws QueryException {
        Sink sink;
        try {
            sink = delivery.opened().get(OPEN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            String error = delivery.status().lastError();
            throw new QueryException(
                    QueryException.Reason.UNAVAILABLE,
                    "The store " + delivery.name() + " is not available" + (error == null ? "." : ": " + error),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException(QueryException.Reason.UNAVAILABLE, "The query was interrupted.", e);
        }
        if (sink instanceof QueryStore store) {
            return store.query(query);
        }
        throw new QueryException(
                QueryException.Reason.UNSUPPORTED, "The sink " + delivery.name() + " does not answer queries.");
    }
}
