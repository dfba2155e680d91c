package io.webwatch.influxdb;

import io.webwatch.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the events to whose lines an answer refers. The result is a hint, not a proof: servers count lines differently if
 * a text contains line feeds, and they truncate or rewrite the lines that they quote.
 */
final class SuspectLines {
    private final LineEncoder encoded;
    private final List<Event> events;

    SuspectLines(LineEncoder encoded, List<Event> events) {
        this.encoded = encoded;
        this.events = events;
    }

    /** Returns the suspects among the events of a request, in ascending order. */
    int[] in(int[] sent, Answer.Refused refused) {
        boolean[] suspect = new boolean[events.size()];
        Answer.Conflict conflict = refused.conflict();
        for (int i = 0, line = 1; i < sent.length; i++) {
            int next = line + encoded.lines(sent[i]);
            suspect[sent[i]] = isNumbered(refused.numbers(), line, next)
                    || isQuoted(refused.texts(), sent[i])
                    || conflict != null && hasField(sent[i], conflict);
            line = next;
        }
        return Arrays.stream(sent).filter(event -> suspect[event]).toArray();
    }

    private static boolean isNumbered(List<Integer> numbers, int from, int to) {
        for (int number : numbers) {
            if (number >= from && number < to) {
                return true;
            }
        }
        return false;
    }

    private boolean isQuoted(List<String> texts, int event) {
        return !texts.isEmpty() && texts.stream().anyMatch(text -> contains(event, text));
    }

    private boolean hasField(int event, Answer.Conflict conflict) {
        String lines = text(event);
        return lines.contains(conflict.measurement() + ',')
                && (lines.contains(',' + conflict.field() + '=') || lines.contains(' ' + conflict.field() + '='));
    }

    private boolean contains(int event, String quoted) {
        return !quoted.isEmpty() && text(event).contains(quoted);
    }

    private String text(int event) {
        int from = encoded.start(event);
        return new String(encoded.array(), from, encoded.end(event) - from, StandardCharsets.UTF_8);
    }
}
