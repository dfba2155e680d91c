package io.webwatch.servlet;

import io.webwatch.Acceptance;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a batch whose events go to disk first: no thread of the container waits for it. Given once, by whichever
 * comes first of the disk and the time-out.
 */
final class DurableAnswer implements AsyncListener {
    private static final Logger LOG = LoggerFactory.getLogger(DurableAnswer.class);
    private static final long TIMEOUT_MILLIS = 30_000;

    private final AsyncContext context;
    private final HttpServletResponse response;
    private final AtomicBoolean given = new AtomicBoolean();

    private DurableAnswer(AsyncContext context, HttpServletResponse response) {
        this.context = context;
        this.response = response;
    }

    static void await(CompletionStage<Acceptance> decision, HttpServletRequest request, HttpServletResponse response) {
        // What nearly always is the answer is told on this thread, while the response is surely its own.
        response.setStatus(204);
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(TIMEOUT_MILLIS);
        DurableAnswer answer = new DurableAnswer(context, response);
        context.addListener(answer);
        decision.whenComplete((acceptance, failure) -> answer.decided(acceptance));
    }

    private void decided(Acceptance acceptance) {
        if (!given.compareAndSet(false, true)) {
            return;
        }
        try {
            if (acceptance.isAccepted() && acceptance.dropped().isEmpty()) {
                context.complete();
            } else {
                context.start(() -> send(acceptance)); // a body is written by the container's thread, not by WebWatch's
            }
        } catch (RuntimeException e) {
            LOG.debug("A request ended before its answer.", e);
        }
    }

    private void send(Acceptance acceptance) {
        try {
            Collector.answer(response, acceptance);
        } catch (IOException e) {
            LOG.debug("The client went away", e);
        } finally {
            context.complete();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        if (given.compareAndSet(false, true)) {
            try {
                Collector.journalFull("The disk does not answer; send the same batch again.", response);
            } finally {
                context.complete();
            }
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        if (given.compareAndSet(false, true)) {
            context.complete();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        given.set(true);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
