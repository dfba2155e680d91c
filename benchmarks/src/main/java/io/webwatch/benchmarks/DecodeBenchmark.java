package io.webwatch.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webwatch.wire.BatchDecoder;
import io.webwatch.wire.MalformedBatchException;
import io.webwatch.wire.WireBatch;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Compares decoding and validating a batch of ten events with a loop of Jackson's streaming parser that reads every token
 * and value of the same bytes and discards them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class DecodeBenchmark {
    private final BatchDecoder decoder = new BatchDecoder();
    private final JsonFactory jackson = new JsonFactory();
    private final byte[] body = Batches.body();

    @Setup
    public void check() throws MalformedBatchException {
        WireBatch batch = decoder.decode(body, 0, body.length);
        if (batch.invalid() != 0 || batch.events().size() != Batches.EVENTS) {
            throw new IllegalStateException("The decoder found " + batch.invalid() + " invalid events in the batch.");
        }
    }

    @Benchmark
    public WireBatch webwatch() throws MalformedBatchException {
        return decoder.decode(body, 0, body.length);
    }

    @Benchmark
    public void jackson(Blackhole blackhole) throws IOException {
        try (JsonParser parser = jackson.createParser(body, 0, body.length)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case FIELD_NAME -> blackhole.consume(parser.currentName());
                    case VALUE_STRING -> blackhole.consume(parser.getText());
                    case VALUE_NUMBER_INT -> blackhole.consume(parser.getLongValue());
                    case VALUE_NUMBER_FLOAT -> blackhole.consume(parser.getDoubleValue());
                    default -> blackhole.consume(token);
                }
            }
        }
    }
}
