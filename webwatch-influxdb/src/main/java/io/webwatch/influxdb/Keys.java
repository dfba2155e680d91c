package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;

/** Names as they stand in a line, ready to be copied. */
final class Keys {
    private Keys() {}

    /** {@code ,name=} of a field that is not the first. */
    static Fragment field(String name) {
        return ascii(',' + name + '=');
    }

    /** {@code ,name="} of a string field that is not the first. */
    static Fragment text(String name) {
        return ascii(',' + name + "=\"");
    }

    static Fragment ascii(String text) {
        return new Fragment(text);
    }
}
