package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;

/** Faults that withhold or delay the answer. */
class FaultConnectionTest extends EmulatorTestCase {

    @Test
    void hang_tokenRequest_noAnswerUntilTheFaultIsRemoved() {
        obeyed("PUT", "/token/fault", Map.of("hang", true));
        CompletableFuture<Reply> pending = tokenCall(emulator.keys(FIRST)).sendAsync();
        await().until(() -> recorded(TOKEN_PATH).size() == 1);

        assertThat(tokenCall(emulator.keys(SECOND)).sendAsync().completeOnTimeout(null, 300, TimeUnit.MILLISECONDS))
                .succeedsWithin(Duration.ofSeconds(5)).isNull();
        assertThat(pending).isNotDone();
        assertThat(recorded(TOKEN_PATH).get(0).getValue("status")).isNull();

        obeyed("DELETE", "/token/fault", Map.of());
        assertLosesConnection(pending);
    }

    @Test
    void hang_apiRequest_connectionClosedByReset() {
        obeyed("PUT", "/api/fault", Map.of("hang", true));
        CompletableFuture<Reply> pending = withKey("POST", "/v0/tts").sendAsync();
        await().until(() -> recorded("/v0/tts").size() == 1);
        assertThat(pending).isNotDone();

        emulator.reset();

        assertLosesConnection(pending);
    }

    @Test
    void hang_replacedByAnotherFault_connectionClosed() {
        obeyed("PUT", "/api/fault", Map.of("hang", true));
        CompletableFuture<Reply> pending = withKey("POST", "/v0/tts").sendAsync();
        await().until(() -> recorded("/v0/tts").size() == 1);

        obeyed("PUT", "/api/fault", Map.of("status", 500));

        assertLosesConnection(pending);
    }

    @Test
    void hang_oneRequestOnly_othersAnswered() {
        obeyed("PUT", "/token/fault", Map.of("hang", true, "times", 1));
        CompletableFuture<Reply> pending = tokenCall(emulator.keys(FIRST)).sendAsync();
        await().until(() -> recorded(TOKEN_PATH).size() == 1);

        assertThat(tokenCall(emulator.keys(FIRST)).send().status()).isEqualTo(200);

        assertThat(pending).isNotDone();
    }

    @ParameterizedTest
    @ValueSource(strings = { "token", "api" })
    void reset_set_connectionClosedWithoutAnswer(String plane) {
        obeyed("PUT", "/" + plane + "/fault", Map.of("reset", true));
        String path = plane.equals("token") ? TOKEN_PATH : "/v0/tts";

        assertThatThrownBy(() -> withKey("POST", path).send()).isInstanceOf(UncheckedIOException.class);

        assertThat(recorded(path)).hasSize(1);
        assertThat(recorded(path).get(0).getValue("status")).isNull();
    }

    @Test
    void reset_once_nextRequestAnswered() {
        obeyed("PUT", "/token/fault", Map.of("reset", true, "times", 1));

        assertThatThrownBy(() -> tokenCall(emulator.keys(FIRST)).send()).isInstanceOf(UncheckedIOException.class);

        assertThat(tokenCall(emulator.keys(FIRST)).send().status()).isEqualTo(200);
    }

    @Test
    void delay_alone_regularAnswerLate() {
        obeyed("PUT", "/token/fault", Map.of("delay_millis", 300));
        long start = System.nanoTime();

        Reply reply = tokenCall(emulator.keys(FIRST)).send();

        assertThat(reply.json().getString("access_token")).isNotBlank();
        assertAtLeast(start, 290);
    }

    @Test
    void delay_beforeCredentialIsRead_rejectionLate() {
        obeyed("PUT", "/api/fault", Map.of("delay_millis", 300));
        long start = System.nanoTime();

        assertThat(call("GET", "/v0/evi/configs").send().status()).isEqualTo(401);

        assertAtLeast(start, 290);
    }

    @Test
    void delay_withStatus_faultyAnswerLate() {
        obeyed("PUT", "/api/fault", Map.of("delay_millis", 300, "status", 504));
        long start = System.nanoTime();

        assertThat(withKey("GET", "/v0/evi/configs").send().status()).isEqualTo(504);

        assertAtLeast(start, 290);
    }

    @Test
    void delay_withReset_connectionClosedLate() {
        obeyed("PUT", "/token/fault", Map.of("delay_millis", 300, "reset", true));
        long start = System.nanoTime();

        assertThatThrownBy(() -> tokenCall(emulator.keys(FIRST)).send()).isInstanceOf(UncheckedIOException.class);

        assertAtLeast(start, 290);
    }

    @Test
    void delay_longOneRequest_othersNotHeldUp() {
        obeyed("PUT", "/token/fault", Map.of("delay_millis", 600_000, "times", 1));
        CompletableFuture<Reply> delayed = tokenCall(emulator.keys(FIRST)).sendAsync();
        await().until(() -> recorded(TOKEN_PATH).size() == 1);

        assertThat(tokenCall(emulator.keys(FIRST)).send().status()).isEqualTo(200);

        assertThat(delayed).isNotDone();
    }

    private static void assertLosesConnection(CompletableFuture<Reply> pending) {
        assertThat(pending).failsWithin(Duration.ofSeconds(10)).withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IOException.class);
    }

    private static void assertAtLeast(long startNanos, long millis) {
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isGreaterThanOrEqualTo(Duration.ofMillis(millis));
    }
}
