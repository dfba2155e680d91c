package io.webwatch.influxdb;

import java.nio.charset.StandardCharsets;

/** Names as they stand in a line, ready to be copied. */
final class Keys {
    private Keys() {}

    /** {@code ,name=} of a field that is not the first. */
    static byte[] field(String name) {
        return ascii(',' + name + '=');
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
