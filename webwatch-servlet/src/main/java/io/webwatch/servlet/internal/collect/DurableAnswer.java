package io.webwatch.servlet.internal.collect;

import io.webwatch.request.Acceptance;
import io.webwatch.servlet.internal.http.AsyncAnswer;
import io.webwatch.servlet.internal.http.Reply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Answers a batch once its events are on disk. No thread of the container waits for the disk. */
final class DurableAnswer {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Reply NO_DECISION =
            Replies.journalFull("The disk does not respond; send the same batch again.");

    private DurableAnswer() {}

    static void await(CompletionStage<Acceptance> decision, HttpServletRequest request, HttpServletResponse response) {
        await(decision, request, response, TIMEOUT);
    }

    static void await(
            CompletionStage<Acceptance> decision,
            HttpServletRequest request,
            HttpServletResponse response,
            Duration timeout) {
        response.setStatus(204); // the usual answer, so that the deciding thread only has to complete the request
        AsyncAnswer answer = AsyncAnswer.start(request, response, timeout, NO_DECISION);
        decision.whenComplete((acceptance, failure) -> answer.send(failure == null ? reply(acceptance) : NO_DECISION));
    }

    private static Reply reply(Acceptance acceptance) {
        return acceptance.isAccepted() && acceptance.dropped().isEmpty() ? Reply.PREPARED : Replies.to(acceptance);
    }
}
