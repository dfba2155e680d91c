package io.webwatch.test.sink;

import java.util.List;

/** Texts that reveal missing escapes. All are well-formed Unicode. */
final class HostileText {
    static final List<String> ALL = List.of(
            " ",
            "'; DROP TABLE events; --",
            "\"double\" 'single' `back` \\ backslash \\",
            "a,b=c d\\,e\\=f\\ g=\"h\"\\",
            "line\r\nfeed\nand\ttab",
            "\u0001\u0008\u001b[31m\u001f\u007f\u0085",
            "gr\u00fc\u00dfe \u65e5\u672c\u8a9e \ud83d\uded2 \u202e rtl \u200b \ufeff",
            "</script><script>alert(1)</script>&amp;<!--",
            "{\"a\":[1,2]} %s ${x} {{y}} $1",
            "NULL",
            "1e999",
            "0123456789abcdef".repeat(128));

    private HostileText() {}
}
