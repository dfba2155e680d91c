package io.webwatch.influxdb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webwatch.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parsed body of an error response from InfluxDB 1.x ({@code error}), 2.x and Cloud ({@code code}, {@code message},
 * {@code line}), 3.x ({@code error}, {@code data}) or QuestDB (like 2.x, with lines in the message).
 *
 * @param message the server's words, or null if the body has none of these forms
 * @param numbers numbers of refused lines, from 1
 * @param texts quoted refused lines, or their beginnings
 */
record ErrorBody(@Nullable String message, List<Integer> numbers, List<String> texts) {
    private static final ErrorBody NONE = new ErrorBody(null, List.of(), List.of());
    private static final Pattern PARSE = Pattern.compile("unable to parse '(.*?)'(?:: |$)", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("(?:error in |error parsing |on |at )?line (\\d{1,9})\\b");
    private static final Pattern DROPPED =
            Pattern.compile("\\bdropped=(\\d{1,9})\\s*$"); // anywhere else it may be part of a quoted line
    private static final Pattern CONFLICT =
            Pattern.compile("field type conflict: input field \"(.*?)\" on measurement \"(.*?)\" is type");

    static ErrorBody of(String body) {
        try (JsonParser json = Json.parser(body.getBytes(StandardCharsets.UTF_8))) {
            return json.nextToken() == JsonToken.START_OBJECT ? object(json) : NONE;
        } catch (IOException e) {
            return NONE;
        }
    }

    private static ErrorBody object(JsonParser json) throws IOException {
        String error = null;
        String message = null;
        List<Integer> numbers = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "error" -> error = json.getValueAsString();
                case "message" -> message = json.getValueAsString();
                case "line" -> add(numbers, json.getValueAsInt());
                case "data" -> data(json, numbers, texts, reasons);
                default -> json.skipChildren();
            }
        }
        String text = message == null ? error : message;
        if (text == null) {
            return NONE;
        }
        collect(text, numbers, texts);
        return new ErrorBody(reasons.isEmpty() ? text : text + ": " + String.join("; ", reasons), numbers, texts);
    }

    /** Reads the list of refused lines, or the single one, of InfluxDB 3. */
    private static void data(JsonParser json, List<Integer> numbers, List<String> texts, List<String> reasons)
            throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
                data(json, numbers, texts, reasons);
            }
        } else if (json.currentToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "line_number" -> add(numbers, json.getValueAsInt());
                    case "error_message" -> addDistinct(reasons, json.getValueAsString());
                    default -> json.skipChildren();
                }
            }
        }
    }

    private static void addDistinct(List<String> reasons, @Nullable String reason) {
        if (reason != null && reasons.size() < 3 && !reasons.contains(reason)) {
            reasons.add(reason);
        }
    }

    private static void add(List<Integer> numbers, int number) {
        if (number > 0) {
            numbers.add(number);
        }
    }

    private static void collect(String message, List<Integer> numbers, List<String> texts) {
        Matcher parse = PARSE.matcher(message);
        while (parse.find()) {
            texts.add(parse.group(1));
        }
        Matcher number = NUMBER.matcher(texts.isEmpty() ? message : "");
        while (number.find()) {
            add(numbers, Integer.parseInt(number.group(1)));
        }
    }

    /** Returns what the body says about the refused lines. */
    Answer.Refused refused() {
        String text = message == null ? "" : message;
        Matcher dropped = DROPPED.matcher(text);
        long points = dropped.find() ? Long.parseLong(dropped.group(1)) : -1;
        Matcher conflict = CONFLICT.matcher(text);
        Answer.Conflict found = conflict.find() ? new Answer.Conflict(conflict.group(2), conflict.group(1)) : null;
        // Lines that could not be parsed are not among the dropped ones.
        return new Answer.Refused(numbers, texts, texts.isEmpty() ? points : -1, found);
    }
}
