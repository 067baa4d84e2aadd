package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;

/** The limit of requests in a minute. */
class RequestLimitTest extends EmulatorTestCase {

    private List<Integer> statuses(String account, int requests) {
        return IntStream.range(0, requests).mapToObj(i -> statusWithKey(emulator.keys(account).apiKey())).toList();
    }

    @Test
    void requestsBeyondTheLimit_areAnsweredAsByTheGateway() {
        obeyed("PUT", "/api/limit", Map.of("requests_per_minute", 3));

        assertThat(statuses(FIRST, 2)).containsOnly(200);
        assertThat(statuses(SECOND, 2)).containsExactly(200, 429);
        Reply reply = withKey("GET", "/v0/evi/configs").send();
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.json().getMap()).isEqualTo(Map.of("message", "API rate limit exceeded"));
        assertThat(reply.header("Retry-After")).isNull();
    }

    @Test
    void minute_slides() {
        obeyed("PUT", "/api/limit", Map.of("requests_per_minute", 2));
        statuses(FIRST, 1);
        clock.advance(Duration.ofSeconds(40));
        assertThat(statuses(FIRST, 2)).containsExactly(200, 429);
        clock.advance(Duration.ofSeconds(20));
        assertThat(statuses(FIRST, 2)).containsExactly(200, 429);
        clock.advance(Duration.ofSeconds(39));
        assertThat(statuses(FIRST, 1)).containsExactly(429);
        clock.advance(Duration.ofSeconds(1));
        assertThat(statuses(FIRST, 1)).containsExactly(200);
    }

    @Test
    void requestsWithoutAValidCredential_doNotCount() {
        obeyed("PUT", "/api/limit", Map.of("requests_per_minute", 1));

        assertThat(call("GET", "/v0/evi/configs").send().status()).isEqualTo(401);
        assertThat(tokenCall(emulator.keys(FIRST)).send().status()).isEqualTo(200);
        assertThat(statuses(FIRST, 2)).containsExactly(200, 429);
    }

    @Test
    void limitOfOneAccount_sparesTheOthers() {
        obeyed("PUT", "/api/limit", Map.of("requests_per_minute", 1, "account", SECOND));

        assertThat(statuses(FIRST, 3)).containsOnly(200);
        assertThat(statuses(SECOND, 2)).containsExactly(200, 429);
        assertThat(emulator.overview().getJsonObject("api_limit").getMap())
                .isEqualTo(Map.of("requests_per_minute", 1L, "account", SECOND));
    }

    @Test
    void limit_endsWithItsRemovalAndAReset() {
        obeyed("PUT", "/api/limit", Map.of("requests_per_minute", 1));
        obeyed("DELETE", "/api/limit", Map.of());
        assertThat(statuses(FIRST, 2)).containsOnly(200);
        obeyed("PUT", "/api/limit", Map.of("requests_per_minute", 1));
        obeyed("POST", "/reset", Map.of());
        assertThat(statuses(FIRST, 2)).containsOnly(200);
        assertThat(emulator.overview().getValue("api_limit")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{} | requests_per_minute: is required",
            "{\"requests_per_minute\":0} | requests_per_minute: must be a whole number from 1 to 1000000",
            "{\"requests_per_minute\":1,\"account\":\"unknown\"} | unknown" })
    void wrongLimit_isRejected(String body, String message) {
        Reply reply = new EmulatorCall(emulator.baseUri(), "PUT", "/emulator/api/limit").json(body).send();
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains(message);
    }
}
