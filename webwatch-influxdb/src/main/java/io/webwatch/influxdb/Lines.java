package io.webwatch.influxdb;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** The body of a request with the lines of some events of an encoded batch. Valid until the next batch is encoded. */
final class Lines extends RequestBody {
    private static final MediaType TEXT = MediaType.get("text/plain; charset=utf-8");

    private final LineEncoder encoded;
    private final int[] events;

    /**
     * Creates the body.
     *
     * @param events indices in the encoded batch, in ascending order
     */
    Lines(LineEncoder encoded, int[] events) {
        this.encoded = encoded;
        this.events = events;
    }

    @Override
    public MediaType contentType() {
        return TEXT;
    }

    @Override
    public long contentLength() {
        long length = 0;
        for (int event : events) {
            length += encoded.end(event) - encoded.start(event);
        }
        return length;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        byte[] bytes = encoded.array();
        int i = 0;
        while (i < events.length) { // consecutive events are written at once
            int first = events[i];
            int last = first;
            while (++i < events.length && events[i] == last + 1) {
                last++;
            }
            sink.write(bytes, encoded.start(first), encoded.end(last) - encoded.start(first));
        }
    }
}
