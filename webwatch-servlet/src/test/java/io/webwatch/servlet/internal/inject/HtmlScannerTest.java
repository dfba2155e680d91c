package io.webwatch.servlet.internal.inject;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlScannerTest {
    /** Returns the page with "|" at the place of the tag, when the page arrives in pieces of the given size. */
    private static String marked(String html, int piece, boolean xml) {
        HtmlScanner scanner = new HtmlScanner(xml);
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        int held = 0;
        for (int from = 0; from < bytes.length; from += piece) {
            int to = Math.min(bytes.length, from + piece);
            int place = scanner.scan(bytes, from, to);
            if (place != Integer.MIN_VALUE) {
                int absolute = from + place;
                assertThat(absolute).isGreaterThanOrEqualTo(from - held);
                return new String(bytes, 0, absolute, StandardCharsets.UTF_8)
                        + "|"
                        + new String(bytes, absolute, bytes.length - absolute, StandardCharsets.UTF_8);
            }
            held = scanner.held();
            assertThat(held).isLessThanOrEqualTo(6);
        }
        return html;
    }

    private static void assertMarked(String expected, boolean xml) {
        String html = expected.replace("|", "");
        for (int piece = 1; piece <= html.length(); piece++) {
            assertThat(marked(html, piece, xml)).as("pieces of %d", piece).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><head><title>x</title>|</head><body></body></html>",
                "<HTML><HEAD>|</HEAD ><BODY>",
                "<head>|</head\n>",
                "<head>|</head/>",
                "<!doctype html><title>x</title>|<body class=x>",
                "<head><header></header></headx>|</head>",
                "<!-- </head> <body> -->|</head>",
                "<!-->|</head>-->",
                "<!-- a -- </head> --!>|</head>",
                "<!---->|</head>",
                "<script>var a = '</head>';</script>|</head>",
                "<script>if (a</head>b) {}</script>|</head>",
                "<script><!-- <script> </script> </head> --></script>|</head>",
                "<script><!-- x --> </head></script>|</head>",
                "<script>'<\\/script>'</scripty></head></script >|</head>",
                "<style>a:after { content: '</head>' }</style>|</head>",
                "<title></head></title>|</head>",
                "<textarea><body></textarea>|<body>",
                "<noscript><body></noscript>|</head>",
                "<meta content=\"</head>\">|</head>",
                "<meta content='</head>'>|</head>",
                "<meta content= \"<body>\" >|</head>",
                "<meta content=a\"b>|</head>",
                "<meta \"quote>|</head>",
                "<a title=x>y</a>|<body>",
                "<template></head><template></head></template><body></template>|</head>",
                "<?php </head ?>|</head>",
                "< head></ head>|</head>",
                "<div<body>|</head>",
                "a < b && c <d> e|</head>",
                "<p>no head at all</p>",
                "<script>never ends </head>",
                "</hea",
                "<",
                "",
                "ünïcödé <b>ß</b>|</head>"
            })
    void place_isFoundInPiecesOfAnySize(String expected) {
        assertMarked(expected, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<head><script src=\"a.js\"/>|</head>",
                "<head><title/><script src='a.js' />|</head>",
                "<head><script><![CDATA[ </head> ]]></script>|</head>",
                "<![CDATA[ </head> ]] > ]]>|</head>"
            })
    void xml_hasSelfClosingTagsAndCdata(String expected) {
        assertMarked(expected, true);
    }

    @Test
    void html_hasNeitherSelfClosingScriptsNorCdata() {
        assertMarked("<script src=a.js/></head></script>|</head>", false);
        assertMarked("<![CDATA[ >|</head> ]]>", false);
    }

    private static HtmlScanner scanned(String html) {
        HtmlScanner scanner = new HtmlScanner(false);
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        scanner.scan(bytes, 0, bytes.length);
        return scanner;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script nonce=\"n0nce\" src=a></script></head>",
                "<script src=a nonce=n0nce></script></head>",
                "<SCRIPT NONCE='n0nce'>x</SCRIPT></head>",
                "<style nonce = \"n0nce\"></style></head>",
                "<link rel=preload nonce=n0nce></head>"
            })
    void nonce_isReadFromThePagesTags(String html) {
        assertThat(scanned(html).nonce()).isEqualTo("n0nce");
    }

    @Test
    void nonce_isNotReadFromCommentsTextAndOtherTags() {
        assertThat(scanned("<!-- <script nonce=a> --><p nonce=b data-nonce=c><title><script nonce=d></title></head>")
                        .nonce())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script src=\"/webwatch/ww.js\"></script></head>",
                "<script defer src=ww.js></script></head>",
                "<script src='../webwatch/ww.js?v=1#x/y'></script></head>"
            })
    void tagOfTheTracker_isDetected(String html) {
        assertThat(scanned(html).trackerPresent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script src=\"/js/www.js\"></script></head>",
                "<script>'<script src=ww.js>'</script></head>",
                "<a href=/webwatch/ww.js></head>",
                "<script src=/a.js?x=/ww.js></script></head>"
            })
    void otherScripts_areNotTheTracker(String html) {
        assertThat(scanned(html).trackerPresent()).isFalse();
    }

    @Test
    void base_isDetected() {
        assertThat(scanned("<base href=/x/></head>").hasBase()).isTrue();
        assertThat(scanned("<basefont></head>").hasBase()).isFalse();
    }
}
