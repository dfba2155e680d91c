package io.webwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchDecoderTest {
    private static final String HEAD = "{\"v\":1,\"p\":\"0123456789abcdef\",\"u\":\"https://shop.example/\",";

    private final BatchDecoder decoder = new BatchDecoder();

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\0',
            value = {
                "[]#0#an object is expected",
                "{\"v\":2}#6#the version 'v' is not 1",
                "{\"v\":1#6#the body ends where ',' or '}' is expected",
                "{\"v\":1}#7#the events 'e' are missing",
                "{\"e\":[]}#7#there are no events",
                "{\"e\":7}#5#an array of events is expected",
                "{\"e\":[1],}#9#a key is expected",
                "{\"p\":\"short\"}#12#the page view id 'p' is not 16 to 64 of A-Z a-z 0-9 _ -",
                "{\"u\":\"/cart\"}#12#the address 'u' is not an absolute http or https URL",
                "{\"t\":5}#5#'t' is not a string",
                "{\"tp\":256}#9#a number in 'tp' is not from 0 to 255",
                "{\"zz\":\"\\q\"}#8#an escape sequence is not valid in JSON",
                "{\"zz\":01}#8#a number is not valid in JSON",
                "{\"zz\":[[[[[[[[[1#13#nesting is deeper than 8 levels",
            })
    void refusal_saysWhatIsWrongAndWhere(String body, int at, String clause) {
        byte[] bytes = ("###" + body).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> decoder.decode(bytes, 3, bytes.length - 3))
                .isInstanceOf(MalformedBatchException.class)
                .hasMessage("At byte " + at + " of the batch, " + clause + ".");
    }

    @Test
    void tooManyEvents_areRefused() {
        String body = HEAD + "\"e\":[" + "1,".repeat(500) + "1]}";

        assertThatThrownBy(() -> decode(body)).hasMessageContaining("too many events");
    }

    @Test
    void boundsOutsideTheBuffer_areTheCallersFault() {
        assertThatThrownBy(() -> decoder.decode(new byte[10], 5, 6)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void bytesAfterTheLength_areNotRead() throws MalformedBatchException {
        String body = HEAD + "\"e\":[{\"t\":\"page_view\",\"n\":1}]}";
        byte[] bytes = (body + "1234").getBytes(StandardCharsets.UTF_8);

        assertThat(decoder.decode(bytes, 0, body.length()).events()).hasSize(1);
        assertThatThrownBy(() -> decoder.decode(bytes, 0, bytes.length)).isInstanceOf(MalformedBatchException.class);
        assertThatThrownBy(() -> decoder.decode(bytes, 0, body.length() - 1))
                .isInstanceOf(MalformedBatchException.class);
    }

    @Test
    void decoder_isSharedByThreads() throws Exception {
        List<WireBatch> batches =
                Stream.of(1, 2, 3, 4).map(seed -> new Batches(seed).batch()).toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> tasks = batches.stream()
                    .<Callable<Boolean>>map(batch -> () -> {
                        byte[] body = BatchEncoder.encode(batch);
                        for (int i = 0; i < 500; i++) {
                            if (!decoder.decode(body, 0, body.length).equals(batch)) {
                                return false;
                            }
                        }
                        return true;
                    })
                    .toList();
            for (Future<Boolean> same : threads.invokeAll(tasks)) {
                assertThat(same.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private WireBatch decode(String body) throws MalformedBatchException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return decoder.decode(bytes, 0, bytes.length);
    }
}
