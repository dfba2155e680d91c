package io.webwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Mutilated bodies, from seeds; an independent parser says which of them are JSON. */
class BatchDecoderFuzzTest {
    private static final int BODIES = 20_000;
    private static final byte[] PIECES = "{}[]:,\"\\u0d8-+.eE019tfn \n\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    private static final Duration BOUND = Duration.ofSeconds(60);

    private static final byte[][] VALID = IntStream.range(0, 500)
            .mapToObj(seed -> BatchEncoder.encode(new Batches(seed).batch()))
            .toArray(byte[][]::new);

    private final BatchDecoder decoder = new BatchDecoder();
    private final JsonFactory independent = new JsonFactory();

    @Test
    void mutilatedBatch_isDecodedOrRefusedInBoundedTime() {
        Assertions.assertTimeoutPreemptively(BOUND, () -> {
            int decoded = 0;
            for (int seed = 0; seed < BODIES; seed++) {
                if (survives(mutilated(seed), seed)) {
                    decoded++;
                }
            }
            // both ways out must have been taken often, or the mutations test nothing
            assertThat(decoded).isBetween(BODIES / 50, BODIES - BODIES / 50);
        });
    }

    @Test
    void acceptedBatch_isJsonInUtf8() {
        for (int seed = 0; seed < BODIES; seed++) {
            byte[] body = mutilated(seed);
            try {
                decoder.decode(body, 0, body.length);
            } catch (MalformedBatchException refused) {
                continue;
            }
            assertThat(isUtf8(body) && isJson(body)).as("seed %s", seed).isTrue();
        }
    }

    @Test
    void refusalForSyntax_isSharedByAnIndependentParser() {
        int shared = 0;
        for (int seed = 0; seed < BODIES; seed++) {
            byte[] body = mutilated(seed);
            String message = refusal(body);
            if (message == null || !message.contains("expected") && !message.contains("body ends")) {
                continue;
            }
            // an array where 'e' or a size wants one is this protocol's own expectation
            if (!message.contains("an array of events") && !message.contains("an object is")) {
                assertThat(isUtf8(body) && isJson(body))
                        .as("seed %s: %s", seed, message)
                        .isFalse();
                shared++;
            }
        }
        assertThat(shared).isGreaterThan(BODIES / 20);
    }

    @Test
    void worstBodies_takeNoLongerThanTheirLength() {
        String head = "{\"v\":1,\"p\":\"0123456789abcdef\",\"u\":\"http://a\",\"e\":[";
        String[] pieces = {
            "{",
            "[",
            "{\"a\":",
            "\"\\u0000",
            "{\"t\":\"x\",\"n\":1},",
            "9",
            "{\"n\":1,\"t\":\"custom\",\"nm\":\"a\"},",
            "1,",
            "\"",
            "\\",
            " ",
            "{\"t\":\"x\",\"t\":\"y\",\"n\":1},",
            "{\"t\":\"mouse_move\",\"n\":1,\"g\":\"AAA"
        };
        Assertions.assertTimeoutPreemptively(BOUND, () -> {
            for (String piece : pieces) {
                byte[] body = (head + piece.repeat(1_000_000 / piece.length())).getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < 20; i++) {
                    assertThat(refusal(body)).isNotNull();
                }
            }
        });
    }

    @Test
    void decoding_allocatesInProportionToTheBody() throws MalformedBatchException {
        String head = "{\"v\":1,\"p\":\"0123456789abcdef\",\"u\":\"http://a\",\"e\":[";
        String keys = IntStream.range(0, 32).mapToObj(i -> ",\"k" + i + "\":1").collect(Collectors.joining());
        String cells = "{\"t\":\"mouse_move\",\"n\":1,\"g\":\"" + "AAA".repeat(200) + "\"},";
        String[] events = {"1,", "{\"t\":\"x\",\"n\":1},", "{\"t\":\"x\",\"n\":1" + keys + "},", cells};
        for (String event : events) {
            int count = Math.min(400, 65_000 / event.length());
            byte[] body = (head + event.repeat(count) + "1]}").getBytes(StandardCharsets.US_ASCII);
            decoder.decode(body, 0, body.length);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            decoder.decode(body, 0, body.length);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(allocated).as(event).isLessThan(40L * body.length + 4_096);
        }
    }

    @Test
    void refusal_neverRepeatsTheInput() {
        for (int seed = 0; seed < BODIES; seed++) {
            byte[] body = mutilated(seed);
            String message = refusal(body);
            if (message != null) {
                assertThat(message).matches("At byte \\d+ of the batch, [-a-z0-9'\"A-Z ,:{}\\]_]{5,70}\\.");
            }
        }
    }

    private boolean survives(byte[] body, int seed) {
        try {
            WireBatch batch = decoder.decode(body, 0, body.length);
            assertThat(batch.events().size() + batch.invalid())
                    .as("seed %s", seed)
                    .isBetween(1, BatchDecoder.MAX_EVENTS);
            return true;
        } catch (MalformedBatchException refused) {
            return false;
        }
    }

    private String refusal(byte[] body) {
        try {
            decoder.decode(body, 0, body.length);
            return null;
        } catch (MalformedBatchException refused) {
            return refused.getMessage();
        }
    }

    private static byte[] mutilated(int seed) {
        byte[] body = VALID[seed % VALID.length];
        Random random = new Random(seed);
        int mutations = 1 + random.nextInt(3);
        for (int i = 0; i < mutations; i++) {
            body = mutation(body, random);
        }
        return body;
    }

    private static byte[] mutation(byte[] body, Random random) {
        int at = random.nextInt(Math.max(1, body.length));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(body, at);
            case 1 -> spliced(body, at, at + 1, new byte[] {PIECES[random.nextInt(PIECES.length)]});
            case 2 -> spliced(body, at, at, new byte[] {PIECES[random.nextInt(PIECES.length)]});
            case 3 -> spliced(body, at, at + random.nextInt(8), new byte[0]);
            case 4 -> spliced(body, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            default -> {
                int from = random.nextInt(Math.max(1, body.length));
                yield spliced(body, at, at, Arrays.copyOfRange(body, from, Math.min(body.length, from + 40)));
            }
        };
    }

    private static byte[] spliced(byte[] body, int from, int to, byte[] piece) {
        int end = Math.min(to, body.length);
        ByteBuffer out = ByteBuffer.allocate(Math.min(from, body.length) + piece.length + body.length - end);
        return out.put(body, 0, Math.min(from, body.length))
                .put(piece)
                .put(body, end, body.length - end)
                .array();
    }

    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException invalid) {
            return false;
        }
    }

    private boolean isJson(byte[] body) {
        try (JsonParser in = independent.createParser(body)) {
            if (in.nextToken() == null) {
                return false;
            }
            in.skipChildren();
            in.finishToken();
            return in.nextToken() == null;
        } catch (IOException invalid) {
            return false;
        }
    }
}
