package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;

/** Encoded names of tags and fields, ready to be copied into a line. */
final class Keys {
    private Keys() {}

    /** Returns {@code ,name=} for a field that is not the first. */
    static Fragment field(String name) {
        return ascii(',' + name + '=');
    }

    /** Returns {@code ,name="} for a string field that is not the first. */
    static Fragment text(String name) {
        return ascii(',' + name + "=\"");
    }

    static Fragment ascii(String text) {
        return new Fragment(text);
    }
}
