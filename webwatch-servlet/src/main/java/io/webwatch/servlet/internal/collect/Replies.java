package io.webwatch.servlet.internal.collect;

import io.webwatch.event.DropReason;
import io.webwatch.request.Acceptance;
import io.webwatch.servlet.internal.http.Problem;
import io.webwatch.servlet.internal.http.Reply;
import java.util.Map;

/** The collector's replies to a batch that could be read, as documented in {@code docs/protocol.md}. */
final class Replies {
    private static final int BUFFER_FULL_RETRY_SECONDS = 1;
    private static final int JOURNAL_FULL_RETRY_SECONDS = 5;
    private static final int CLOSED_RETRY_SECONDS = 10;

    private Replies() {}

    static Reply to(Acceptance acceptance) {
        DropReason refusal = acceptance.refusal();
        if (refusal == null) {
            return accepted(acceptance.dropped());
        }
        String detail = acceptance.detail() == null ? "The batch was not accepted." : acceptance.detail();
        return switch (refusal) {
            case BUFFER_FULL -> new Problem(503, "buffer_full", detail, BUFFER_FULL_RETRY_SECONDS);
            case JOURNAL_FULL -> journalFull(detail);
            case CLOSED -> new Problem(503, "closed", detail, CLOSED_RETRY_SECONDS);
            default -> new Problem(400, "malformed", detail);
        };
    }

    static Reply journalFull(String detail) {
        return new Problem(503, "journal_full", detail, JOURNAL_FULL_RETRY_SECONDS);
    }

    private static Reply accepted(Map<DropReason, Integer> dropped) {
        return response -> {
            response.setStatus(204);
            if (!dropped.isEmpty()) {
                response.setHeader("WebWatch-Dropped", header(dropped));
            }
            return new byte[0];
        };
    }

    /** Formats a list of parameterised tokens (RFC 9651) in the order of the reasons. */
    private static String header(Map<DropReason, Integer> dropped) {
        StringBuilder header = new StringBuilder();
        for (DropReason reason : DropReason.values()) {
            Integer count = dropped.get(reason);
            if (count != null && count > 0) {
                header.append(header.length() == 0 ? "" : ", ")
                        .append(reason.id())
                        .append(";n=")
                        .append(count);
            }
        }
        return header.toString();
    }
}
