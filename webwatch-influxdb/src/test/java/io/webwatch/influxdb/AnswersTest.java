package io.webwatch.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.influxdb.Answer.Kind;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses of InfluxDB 1.x, 2.x, 3.x, Cloud and QuestDB, and of gateways in front of them. */
class AnswersTest {
    private final Answers answers = new Answers(
            InfluxDbSettings.of(WebWatchConfig.builder()
                    .set(WebWatchProperties.INFLUXDB_URL, "http://db.example:8086")
                    .set(WebWatchProperties.INFLUXDB_BUCKET, "clicks")
                    .build()),
            InstantSource.fixed(SinkFixture.NOW));

    private Answer answer(int status, String body) {
        return answers.of(status, body, null, null);
    }

    private Answer waiting(@Nullable String retryAfter) {
        return answers.of(429, "", retryAfter, null);
    }

    @Test
    void noContent_isWritten() {
        assertThat(answer(204, "").kind()).isEqualTo(Kind.WRITTEN);
    }

    @Test
    void influx1_quotesMalformedLines() {
        Answer answer = answer(
                400,
                "{\"error\":\"partial write: unable to parse 'm,t=b v=oops 2': invalid boolean\\nunable to parse"
                        + " 'foo bar': missing fields dropped=0\"}");

        assertThat(answer.kind()).isEqualTo(Kind.REFUSED);
        assertThat(answer.refused().texts()).containsExactly("m,t=b v=oops 2", "foo bar");
        assertThat(answer.refused().points()).isEqualTo(-1);
        assertThat(answer.reason()).contains("unable to parse 'foo bar': missing fields");
    }

    @Test
    void influx1_namesTheFieldOfATypeConflict() {
        Answer answer = answer(
                400,
                "{\"error\":\"partial write: field type conflict: input field \\\"x\\\" on measurement \\\"clicks\\\""
                        + " is type integer, already exists as type string dropped=3\"}");

        assertThat(answer.refused().points()).isEqualTo(3);
        assertThat(answer.refused().conflict()).isEqualTo(new Answer.Conflict("clicks", "x"));
    }

    @Test
    void influx2_reportsATypeConflictAsUnprocessable() {
        Answer answer = answer(
                422,
                "{\"code\":\"unprocessable entity\",\"message\":\"failure writing points to database: partial write:"
                        + " field type conflict: input field \\\"x\\\" on measurement \\\"clicks\\\" is type integer,"
                        + " already exists as type string dropped=2\"}");

        assertThat(answer.kind()).isEqualTo(Kind.REFUSED);
        assertThat(answer.refused().points()).isEqualTo(2);
        assertThat(answer.refused().conflict()).isEqualTo(new Answer.Conflict("clicks", "x"));
    }

    @Test
    void influx2_quotesMalformedLines() {
        Answer answer = answer(
                400,
                "{\"code\":\"invalid\",\"message\":\"unable to parse 'clicks v=1 99999999999999999999': bad"
                        + " timestamp\"}");

        assertThat(answer.refused().texts()).containsExactly("clicks v=1 99999999999999999999");
    }

    @Test
    void influx3_numbersTheRefusedLines() {
        Answer answer = answer(
                400,
                "{\"error\":\"partial write of line protocol occurred\",\"data\":[{\"original_line\":\"clicks x=hi"
                        + " 2\",\"line_number\":2,\"error_message\":\"invalid column type for column 'x'\"},"
                        + "{\"original_line\":\"a\",\"line_number\":7,\"error_message\":\"No fields were provided\"}]}");

        assertThat(answer.kind()).isEqualTo(Kind.REFUSED);
        assertThat(answer.refused().numbers()).containsExactly(2, 7);
        assertThat(answer.reason()).contains("invalid column type for column 'x'; No fields were provided");
    }

    @Test
    void influx3_withoutPartialWrites_reportsOneLine() {
        Answer answer = answer(
                400,
                "{\"error\":\"parsing failed for write_lp endpoint\",\"data\":{\"original_line\":\"x\","
                        + "\"line_number\":3,\"error_message\":\"No fields were provided\"}}");

        assertThat(answer.refused().numbers()).containsExactly(3);
    }

    @Test
    void cloud_reportsTheLine() {
        Answer answer = answer(
                400,
                "{\"code\":\"invalid\",\"line\":4,\"message\":\"failed to parse line protocol: errors encountered on"
                        + " line(s): error parsing line 4 (1-based): No fields were provided\"}");

        assertThat(answer.refused().numbers()).contains(4).doesNotContain(1);
    }

    @Test
    void questDb_reportsTheLine() {
        Answer answer = answer(
                400,
                "{\"code\":\"invalid\",\"message\":\"failed to parse line protocol:errors encountered on"
                        + " line(s):\\nerror in line 12: Could not parse entire line\",\"line\":12,"
                        + "\"errorId\":\"4c74-1\"}");

        assertThat(answer.refused().numbers()).contains(12);
    }

    @Test
    void unknownError_isRefused() {
        Answer answer = answer(400, "{\"error\":\"partial write: max-values-per-tag limit exceeded\"}");

        assertThat(answer.kind()).isEqualTo(Kind.REFUSED);
        assertThat(answer.refused()).isEqualTo(Answer.Refused.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html><h1>400 The plain HTTP request was sent to HTTPS port</h1></html>", "", "{}", "["})
    void errorOfAnotherServer_isRetriableAndNamesTheAddress(String body) {
        Answer answer = answer(400, body);

        assertThat(answer.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(answer.reason()).contains("webwatch.influxdb.url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"database is required\"}",
                "{\"code\":\"invalid\",\"message\":\"bucket name is required\"}",
                "{\"code\":\"invalid\",\"message\":\"org id is missing\"}"
            })
    void errorAboutTheParameters_isRetriableAndNamesThem(String body) {
        Answer answer = answer(400, body);

        assertThat(answer.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(answer.reason()).contains("webwatch.influxdb.bucket");
    }

    @ParameterizedTest
    @CsvSource({
        "401, webwatch.influxdb.token",
        "403, webwatch.influxdb.token",
        "404, webwatch.influxdb.bucket",
        "405, webwatch.influxdb.url",
        "302, webwatch.influxdb.url",
        "200, webwatch.influxdb.url"
    })
    void errorThatAnOperatorCanCorrect_isRetriableAndNamesTheProperty(int status, String property) {
        Answer answer = answers.of(status, "", null, status == 302 ? "https://elsewhere.example/" : null);

        assertThat(answer.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(answer.reason())
                .contains(property)
                .contains("http://db.example:8086")
                .endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void temporaryError_isRetriable(int status) {
        assertThat(answer(status, "<html>\n  busy\n</html>").kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(answer(status, "<html>\n  busy\n</html>").reason()).endsWith(" responded " + status + ": busy.");
    }

    @Test
    void tooLarge_isRecognized() {
        assertThat(answer(413, "").kind()).isEqualTo(Kind.TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0; 0",
                "7; 7",
                " 30 ; 30",
                "Sun, 01 Mar 2026 10:00:42 GMT; 42",
                "999999; 3600",
                "Fri, 01 Mar 2030 10:00:00 GMT; 3600"
            })
    void retryAfter_isRespected(String header, long seconds) {
        assertThat(waiting(header).retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "-5", "1.5", "Sun, 01 Mar 2026 09:59:00 GMT", "9999999999999999999"})
    void retryAfter_ofAnInvalidValue_isIgnored(String header) {
        assertThat(waiting(header).retryAfter()).isNull();
    }

    @Test
    void longResponse_isTruncated() {
        assertThat(answer(500, "x".repeat(100_000)).reason())
                .isEqualTo("InfluxDB at http://db.example:8086 responded 500: " + "x".repeat(500) + "….");
    }
}
