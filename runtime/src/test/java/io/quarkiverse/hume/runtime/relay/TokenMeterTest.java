package io.quarkiverse.hume.runtime.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenMeterTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"run_id\":\"r\",\"received\":{\"file_bytes\":1,\"input_tokens\":42},\"answers\":{}} | 42",
            "{\"received\":{\"x\":{\"input_tokens\":1},\"y\":[{\"input_tokens\":2}],\"input_tokens\":3}} | 3",
            "{\"answers\":{\"received\":{\"input_tokens\":9}},\"received\":{\"input_tokens\":5}} | 5",
            "{\"answers\":{\"q\":\"\\\"received\\\":{\\\"input_tokens\\\":9}\"}} | 0", "{\"input_tokens\":7} | 0",
            "{\"received\":{\"input_tokens\":-3}} | 0", "{\"received\":{\"input_tokens\":\"8\"}} | 0",
            "{\"received\":[{\"input_tokens\":8}]} | 0", "{\"received\":null,\"x\":{\"input_tokens\":8}} | 0",
            "[{\"received\":{\"input_tokens\":8}}] | 0", "not json | 0", "{\"received\":{\"input_tokens\": | 0", "{} | 0" })
    void billedTokens_areRead_howeverTheAnswerIsSplit(String json, long tokens) {
        byte[] answer = json.getBytes(StandardCharsets.UTF_8);
        for (int size : new int[] { 1, 2, 7, answer.length }) {
            TokenMeter meter = new TokenMeter();
            for (int start = 0; start < answer.length; start += size) {
                meter.pass(Arrays.copyOfRange(answer, start, Math.min(answer.length, start + size)));
            }
            assertThat(meter.tokens()).as(json + " in pieces of " + size).isEqualTo(tokens);
        }
    }

    @ParameterizedTest
    @CsvSource({ "99999999999999999999999", "1e400", "9223372036854775808" })
    void numbersOutOfRange_areHandled(String number) {
        TokenMeter meter = new TokenMeter();
        meter.pass(("{\"received\":{\"input_tokens\":" + number + "}}").getBytes(StandardCharsets.UTF_8));
        assertThat(meter.tokens()).isZero();
    }
}
