package io.webwatch.wire;

/** Maximum lengths of strings in UTF-16 units, as documented in {@code docs/protocol.md}. Longer ones are cut. */
final class TextLimits {
    static final int URL = 2048;
    static final int TITLE = 512;
    static final int SITE = 64;
    static final int LANGUAGE = 35;
    static final int TIME_ZONE = 64;
    static final int ROUTE = 512;
    static final int USER = 128;
    static final int VISITOR = 64;
    static final int TYPE = 64;
    static final int ELEMENT = 256;
    static final int TAG = 32;
    static final int ROLE = 64;
    static final int LABEL = 128;
    static final int CELLS = 4096;
    static final int FORM = 256;
    static final int FIELD = 128;
    static final int MEDIA = 512;
    static final int PROVIDER = 32;
    static final int FILE = 256;
    static final int EXTENSION = 16;
    static final int IMAGE = 512;
    static final int MESSAGE = 512;
    static final int SOURCE = 512;
    static final int NAME = 128;
    static final int PROPERTY = 512;

    private TextLimits() {}
}
