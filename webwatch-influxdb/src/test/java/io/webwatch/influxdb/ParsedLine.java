package io.webwatch.influxdb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A line, parsed by the rules of the line protocol's reference.
 *
 * @param tags the tags by key, without escapes
 * @param fields the fields by key, as written in the line
 */
record ParsedLine(String measurement, Map<String, String> tags, Map<String, String> fields, long time) {
    static List<ParsedLine> all(LineEncoder encoded) {
        int end = encoded.end(encoded.events() - 1);
        String text = new String(encoded.array(), 0, end, StandardCharsets.UTF_8);
        List<ParsedLine> lines = new ArrayList<>();
        for (String line : split(text, '\n', true)) {
            if (!line.isEmpty()) {
                lines.add(parse(line));
            }
        }
        return lines;
    }

    private static ParsedLine parse(String line) {
        List<String> parts = split(line, ' ', true);
        List<String> key = split(parts.get(0), ',', false);
        Map<String, String> tags = new TreeMap<>();
        for (String tag : key.subList(1, key.size())) {
            List<String> pair = split(tag, '=', false);
            if (tags.put(unescape(pair.get(0)), unescape(pair.get(1))) != null || pair.size() != 2) {
                throw new IllegalArgumentException("A tag is duplicated or malformed in: " + line);
            }
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : split(parts.get(1), ',', true)) {
            int equals = field.indexOf('=');
            if (fields.put(unescape(field.substring(0, equals)), field.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("A field is duplicated in: " + line);
            }
        }
        return new ParsedLine(key.get(0), tags, fields, Long.parseLong(parts.get(2)));
    }

    /** Returns the type that a server infers for a field. */
    static String type(String value) {
        if (value.startsWith("\"")) {
            return "string";
        }
        if (value.equals("true") || value.equals("false")) {
            return "boolean";
        }
        return value.endsWith("i") ? "integer" : "float";
    }

    private static List<String> split(String text, char separator, boolean quotes) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                part.append(c).append(text.charAt(++i));
            } else if (c == separator && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                quoted ^= quotes && c == '"' && isField(text, i);
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    /** Returns whether the quote is in a field: in a tag it is an ordinary character. */
    private static boolean isField(String text, int quote) {
        int i = 0;
        while (i < quote && text.charAt(i) != ' ' && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return text.charAt(i) == ' ' || quote > 0 && text.charAt(quote - 1) != '\\';
    }

    private static String unescape(String text) {
        return text.replaceAll("\\\\([,= ])", "$1");
    }
}
