package io.webwatch.servlet.internal.collect;

import io.webwatch.request.Acceptance;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a batch whose events go to disk first: no thread of the container waits for it. Given once, by whichever
 * comes first of the disk and the time-out. The two may come at the same moment. From then on some containers let the
 * thread of the time-out alone complete the request, and take it for an error when that one does not: so the time-out
 * waits for an answer that is being given, completes what the other could not, and gives itself what is decided and not
 * yet begun.
 */
final class DurableAnswer implements AsyncListener {
    private static final Logger LOG = LoggerFactory.getLogger(DurableAnswer.class);
    private static final long TIMEOUT_MILLIS = 30_000;
    private static final long LOCK_MILLIS = 2_000;
    private static final String NO_ANSWER = "The disk does not answer; send the same batch again.";

    private final AsyncContext context;
    private final HttpServletResponse response;
    private final ReentrantLock lock = new ReentrantLock(); // held while an answer is given
    private volatile @Nullable Acceptance decision;
    private boolean written; // guarded by the lock
    private volatile boolean ended;

    private DurableAnswer(AsyncContext context, HttpServletResponse response) {
        this.context = context;
        this.response = response;
    }

    static void await(CompletionStage<Acceptance> decision, HttpServletRequest request, HttpServletResponse response) {
        await(decision, request, response, TIMEOUT_MILLIS);
    }

    static void await(
            CompletionStage<Acceptance> decision,
            HttpServletRequest request,
            HttpServletResponse response,
            long timeoutMillis) {
        // What nearly always is the answer is told on this thread, while the response is surely its own.
        response.setStatus(204);
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(timeoutMillis);
        DurableAnswer answer = new DurableAnswer(context, response);
        context.addListener(answer);
        decision.whenComplete((acceptance, failure) -> answer.decided(acceptance));
    }

    private void decided(Acceptance acceptance) {
        decision = acceptance;
        try {
            if (acceptance.isAccepted() && acceptance.dropped().isEmpty()) {
                give(acceptance);
            } else {
                context.start(() -> give(acceptance)); // a body is written by the container's thread, not by WebWatch's
            }
        } catch (RuntimeException e) {
            LOG.debug("A request ended before its answer.", e);
        }
    }

    private void give(Acceptance acceptance) {
        lock.lock();
        try {
            end(acceptance);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        endForContainer();
    }

    @Override
    public void onError(AsyncEvent event) {
        endForContainer();
    }

    /** Waits for whoever gives the answer, but not for ever. */
    private void endForContainer() {
        try {
            if (!lock.tryLock(LOCK_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            end(decision);
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable Acceptance acceptance) {
        if (ended) {
            return;
        }
        if (!written) {
            written = true;
            write(acceptance);
        }
        try {
            context.complete();
            ended = true;
        } catch (RuntimeException e) {
            LOG.debug("The container has timed the request out or ended it.", e);
        }
    }

    private void write(@Nullable Acceptance acceptance) {
        try {
            if (acceptance == null) {
                Collector.journalFull(NO_ANSWER, response);
            } else if (!acceptance.isAccepted() || !acceptance.dropped().isEmpty()) {
                Collector.answer(response, acceptance);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("The client went away.", e);
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        ended = true;
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
