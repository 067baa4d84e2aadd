package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests a fault strikes. */
class FaultScopeTest extends EmulatorTestCase {

    @Test
    void times_two_thirdRequestSpared() {
        obeyed("PUT", "/token/fault", Map.of("status", 500, "times", 2));

        assertThat(tokenStatuses(4)).containsExactly(500, 500, 200, 200);
    }

    @Test
    void times_partlyUsed_remainingShown() {
        obeyed("PUT", "/token/fault", Map.of("status", 500, "times", 3));
        tokenStatuses(2);

        assertThat(emulator.overview().getJsonObject("token_fault").getInteger("remaining")).isEqualTo(1);
        tokenStatuses(2);
        assertThat(emulator.overview().getJsonObject("token_fault").getInteger("remaining")).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = { 1, 7, 29, 50, 57, 99, 100 })
    void percent_ofAHundredRequests_exactlySoMany(double percent) {
        obeyed("PUT", "/token/fault", Map.of("status", 500, "percent", percent));

        assertThat(tokenStatuses(100).stream().filter(status -> status == 500)).hasSize((int) percent);
    }

    @Test
    void percent_twentyFive_everyFourthRequest() {
        obeyed("PUT", "/token/fault", Map.of("status", 500, "percent", 25));

        assertThat(tokenStatuses(8)).containsExactly(200, 200, 200, 500, 200, 200, 200, 500);
    }

    @Test
    void percent_withTimes_endsAfterThem() {
        obeyed("PUT", "/token/fault", Map.of("status", 500, "percent", 50, "times", 1));

        assertThat(tokenStatuses(6)).containsExactly(200, 500, 200, 200, 200, 200);
    }

    @Test
    void account_given_otherAccountSpared() {
        obeyed("PUT", "/token/fault", Map.of("status", 500, "account", SECOND));

        assertThat(tokenCall(emulator.keys(FIRST)).send().status()).isEqualTo(200);
        assertThat(tokenCall(emulator.keys(SECOND)).send().status()).isEqualTo(500);
    }

    @Test
    void account_given_strikesItsKeysAndItsTokens() {
        String token = token(SECOND);
        obeyed("PUT", "/api/fault", Map.of("status", 500, "account", SECOND));

        assertThat(statusWithToken(token)).isEqualTo(500);
        assertThat(statusWithKey(emulator.keys(SECOND).apiKey())).isEqualTo(500);
        assertThat(statusWithKey(emulator.keys(FIRST).apiKey())).isEqualTo(200);
        assertThat(call("GET", "/v0/evi/configs").send().status()).isEqualTo(401);
    }

    @Test
    void account_given_sparedRequestsDoNotUseUpTimes() {
        obeyed("PUT", "/token/fault", Map.of("status", 500, "account", SECOND, "times", 1));
        tokenStatuses(3);

        assertThat(tokenCall(emulator.keys(SECOND)).send().status()).isEqualTo(500);
    }

    @Test
    void path_given_strikesWhatBeginsWithIt() {
        obeyed("PUT", "/api/fault", Map.of("status", 500, "path", "/v0/evi/*"));

        assertThat(withKey("GET", "/v0/evi/configs").send().status()).isEqualTo(500);
        assertThat(withKey("GET", "/v0/evi/chats").send().status()).isEqualTo(500);
        assertThat(withKey("GET", "/v0/tts/voices?provider=HUME_AI").send().status()).isEqualTo(200);
    }

    @Test
    void path_given_sparedRequestsDoNotUseUpTimes() {
        obeyed("PUT", "/api/fault", Map.of("status", 500, "path", "/v0/evi/chats", "times", 1));
        withKey("GET", "/v0/evi/configs").send();

        assertThat(withKey("GET", "/v0/evi/chats").send().status()).isEqualTo(500);
    }

    private static List<Integer> tokenStatuses(int requests) {
        return IntStream.range(0, requests).mapToObj(i -> tokenCall(emulator.keys(FIRST)).send().status()).toList();
    }
}
