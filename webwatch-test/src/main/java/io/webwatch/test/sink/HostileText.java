package io.webwatch.test.sink;

import java.util.LinkedHashMap;
import java.util.Map;

/** Texts that break what is put together carelessly, by name. All are well-formed Unicode. */
final class HostileText {
    static final Map<String, String> ALL = all();

    private HostileText() {}

    private static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("blank", " ");
        all.put("sql", "'; DROP TABLE events; --");
        all.put("quotes", "\"double\" 'single' `back` \\ backslash \\");
        all.put("lineProtocol", "a,b=c d\\,e\\=f\\ g=\"h\"\\");
        all.put("lines", "line\r\nfeed\nand\ttab");
        all.put("controls", "\u0001\u0008\u001b[31m\u001f\u007f\u0085");
        all.put("unicode", "gr\u00fc\u00dfe \u65e5\u672c\u8a9e \ud83d\uded2 \u202e rtl \u200b \ufeff");
        all.put("markup", "</script><script>alert(1)</script>&amp;<!--");
        all.put("json", "{\"a\":[1,2]} %s ${x} {{y}} $1");
        all.put("null", "NULL");
        all.put("number", "1e999");
        all.put("long", "0123456789abcdef".repeat(128));
        return all;
    }
}
