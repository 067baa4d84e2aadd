package io.quarkiverse.hume.it.faults;

import static io.quarkiverse.hume.load.SteadyLoad.failed;
import static io.quarkiverse.hume.load.SteadyLoad.percentile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.it.EmpathicVoice;
import io.quarkiverse.hume.it.TextToSpeech;
import io.quarkiverse.hume.load.SteadyLoad;
import io.quarkiverse.hume.load.SteadyLoad.Call;
import io.quarkiverse.hume.load.SteadyLoad.Event;
import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkiverse.hume.test.HumeFault;
import io.quarkiverse.hume.test.RecordedRequests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/**
 * What goes wrong, produced with the emulator, and what callers notice of it. Measures with the wall clock, so that it is not
 * one of the tests of every build: {@code mvn -Pfaults}. Writes its figures to target/fault-bench.md.
 */
@QuarkusTest
@TestProfile(FaultBenchProfile.class)
class FaultBench {

    private static final Logger LOG = Logger.getLogger(FaultBench.class);
    private static final List<String> ROWS = new ArrayList<>(List.of("| Situation | Measured |", "|---|---|"));

    @RestClient
    EmpathicVoice voice;
    @RestClient
    TextToSpeech speech;
    @Inject
    HumeTokens tokens;
    @Inject
    HumeAccounts accounts;

    @RestClient
    DecisionRuns runs;

    @ConnectHumeEmulator(reset = false)
    HumeEmulator emulator;

    @BeforeEach
    void start() {
        healthy();
        emulator.tokenEndpoint().lifetime(Duration.ofMillis(1_800_000)).latency(Duration.ZERO);
        await().ignoreExceptions().until(() -> voice.configs() != null);
        healthy();
    }

    @AfterAll
    static void report() throws IOException {
        String table = String.join("\n", ROWS) + "\n";
        Files.writeString(Path.of("target", "fault-bench.md"), table);
        LOG.info("Fault bench:\n" + table);
    }

    private static void row(String situation, String figures, Object... arguments) {
        ROWS.add("| " + situation + " | " + String.format(Locale.ROOT, figures, arguments) + " |");
    }

    /** From now on with tokens of that lifetime, the first of them fresh. */
    private void tokensLiving(long millis, long latencyMillis) {
        emulator.tokenEndpoint().lifetime(Duration.ofMillis(millis)).latency(Duration.ZERO);
        tokens.reject(tokens.await());
        tokens.await();
        emulator.tokenEndpoint().latency(Duration.ofMillis(latencyMillis));
        healthy();
    }

    /** Without faults, and without earlier requests. */
    private void healthy() {
        emulator.recover();
        emulator.forgetRequests();
    }

    private SteadyLoad load() {
        return new SteadyLoad(() -> voice.configs(), this::refreshing);
    }

    private boolean refreshing() {
        return accounts.get(HumeAccount.DEFAULT).token().orElseThrow().refreshing();
    }

    private boolean failing() {
        return accounts.get(HumeAccount.DEFAULT).token().orElseThrow().failures() > 0;
    }

    @Test
    void expiryUnderSteadyLoad_failsNoCall() throws InterruptedException {
        tokensLiving(5_000, 0);
        List<Call> calls = load().run(100, 12);
        row("token expires under steady load (100 calls/s, 5 s lifetime, 12 s)", "%d of %d calls failed; %d token requests",
                failed(calls).size(), calls.size(), emulator.tokenRequests().size());
        assertThat(failed(calls)).isEmpty();
        assertThat(emulator.tokenRequests().size()).isBetween(2, 5);
    }

    @Test
    void slowRefresh_makesNoCallWait() throws InterruptedException {
        tokensLiving(5_000, 1_000);
        List<Call> calls = load().run(100, 12);
        List<Call> during = calls.stream().filter(Call::marked).toList();
        List<Call> outside = calls.stream().filter(call -> !call.marked()).toList();
        row("calls during a refresh that takes 1 s",
                "%d calls during a refresh: median %.1f ms, p99 %.1f ms; %d outside: median %.1f ms, p99 %.1f ms; %d failed",
                during.size(), percentile(during, 0.5), percentile(during, 0.99), outside.size(), percentile(outside, 0.5),
                percentile(outside, 0.99), failed(calls).size());
        assertThat(during).hasSizeGreaterThan(50);
        assertThat(failed(calls)).isEmpty();
        // Whoever waited would have waited for up to a second; a busy machine takes its time, too.
        assertThat(percentile(during, 0.99)).isLessThan(500);
    }

    @Test
    void unavailableWhileTheTokenIsValid_failsNoCall() throws InterruptedException {
        tokensLiving(10_000, 0);
        emulator.tokenEndpoint().fail(503);
        // The token is renewed from 8 s on, and given up at 9.5 s.
        List<Call> calls = load().run(100, 9);
        int requests = emulator.tokenRequests().size();
        emulator.tokenEndpoint().recover();
        await().ignoreExceptions().until(() -> voice.configs() != null && !failing());
        row("token endpoint answers 503 while the token is still valid",
                "%d of %d calls failed; %d token requests in the last second; recovery by itself", failed(calls).size(),
                calls.size(), requests);
        assertThat(failed(calls)).isEmpty();
        assertThat(requests).isBetween(1, 8);
    }

    @Test
    void hangingEndpoint_hasNoEffectOnALiveTokenAndEndsCallsInTime() throws InterruptedException {
        emulator.tokenEndpoint().fail(HumeFault.hang());
        List<Call> live = load().run(100, 2);
        tokens.reject(tokens.await());
        List<Call> without = load().run(20, 3);
        emulator.tokenEndpoint().recover();
        await().ignoreExceptions().until(() -> voice.configs() != null);
        row("token endpoint hangs (token.timeout 2 s)", "live token: %d of %d calls failed; no token: every call ended, the"
                + " slowest after %.0f ms, with %s; recovery without a restart", failed(live).size(), live.size(),
                percentile(without, 1), reasons(without));
        assertThat(failed(live)).isEmpty();
        assertThat(failed(without)).hasSameSizeAs(without).allSatisfy(call -> assertThat(call.failure())
                .isInstanceOf(HumeAuthenticationException.class).hasMessageContaining("token.timeout"));
        assertThat(percentile(without, 1)).isLessThan(3_000);
    }

    @Test
    void outageLongerThanTheToken_failsOnlyFromExpiryToItsEnd() throws InterruptedException {
        tokensLiving(10_000, 0);
        emulator.tokenEndpoint().fail(503);
        List<Call> calls;
        List<String> lines;
        try (LogLines log = new LogLines()) {
            calls = load().run(50, 24, new Event(20_000, emulator.tokenEndpoint()::recover));
            lines = log.lines();
        }
        List<Call> failed = failed(calls);
        long first = failed.get(0).startMillis();
        long last = failed.get(failed.size() - 1).startMillis();
        row("outage of 20 s, 50 calls/s, 10 s lifetime (retry.max-delay 1 s)", "%d of %d calls failed, from %.1f s to %.1f s,"
                + " the slowest after %.0f ms; %d token requests; %d log lines", failed.size(), calls.size(), first / 1_000.0,
                last / 1_000.0, percentile(failed, 1), emulator.tokenRequests().size(), lines.size());
        assertThat(first).isGreaterThan(8_500);
        assertThat(last).isLessThan(20_000 + 1_250 + 500);
        assertThat(emulator.tokenRequests().size()).isLessThan(25);
        assertThat(lines).hasSize(2);
    }

    @Test
    void revokedToken_isHealedForEveryCall() throws InterruptedException {
        List<Call> calls = load().run(100, 3, new Event(500, emulator::revokeTokens), new Event(1_500, emulator::revokeTokens),
                new Event(2_500, emulator::revokeTokens));
        row("token revoked by the server, three times in 3 s, 100 calls/s", "%d of %d calls failed; %d token requests",
                failed(calls).size(), calls.size(), emulator.tokenRequests().size());
        assertThat(failed(calls)).isEmpty();
        assertThat(emulator.tokenRequests().size()).isEqualTo(3);
    }

    @Test
    void hundredRejectionsSpreadOverTime_makeOneTokenRequest() throws InterruptedException {
        emulator.revokeTokens();
        emulator.api().fail(HumeFault.delay(Duration.ofSeconds(2)).times(100));
        List<Call> calls = load().run(50, 2);
        List<Integer> statuses = emulator.requests("/v0/evi/configs").stream()
                .map(request -> request.status().orElse(0)).toList();
        row("100 calls in flight get 401 for the same token, answers spread over 2 s",
                "%d calls got 401, %d failed; %d token request", statuses.stream().filter(status -> status == 401).count(),
                failed(calls).size(), emulator.tokenRequests().size());
        assertThat(statuses.stream().filter(status -> status == 401)).hasSize(100);
        assertThat(failed(calls)).isEmpty();
        assertThat(emulator.tokenRequests().size()).isEqualTo(1);
    }

    @Test
    void emptyAnswer_isAClearErrorAndRecoversByItself() {
        List<String> reasons = new ArrayList<>();
        for (String body : List.of("{}", "")) {
            emulator.tokenEndpoint().fail(HumeFault.status(200).body(body));
            tokens.reject(tokens.await());
            HumeAuthenticationException failure = (HumeAuthenticationException) catchThrowable(() -> voice.configs());
            reasons.add(failure.reason().name());
            emulator.tokenEndpoint().recover();
            await().ignoreExceptions().until(() -> voice.configs() != null);
        }
        row("token endpoint answers {} or an empty body", "%s, then recovery after the back-off", reasons);
        assertThat(reasons).containsOnly("INVALID_TOKEN_RESPONSE");
    }

    @Test
    void severalClientsAndInjectedTokens_shareOneToken() {
        tokens.reject(tokens.await());
        voice.configs();
        speech.voices("HUME_AI");
        speech.synthesize(TextToSpeech.Request.of("One")).await().indefinitely();
        tokens.await();
        row("2 interfaces, 3 methods, injected tokens", "%d token", emulator.tokenRequests().size());
        assertThat(emulator.tokenRequests().size()).isEqualTo(1);
    }

    @Test
    void moreCallsThanHumeAllows_failOnlyWithoutTheLimit() throws InterruptedException {
        emulator.api().limit(600, HumeEmulator.DEFAULT_ACCOUNT);
        List<Call> without = new SteadyLoad(() -> voice.configs(), () -> false).runPerMinute(650, Duration.ofSeconds(70));
        emulator.api().limit(600, "cloud");
        List<Call> with = new SteadyLoad(() -> runs.list(), () -> false).runPerMinute(650, Duration.ofSeconds(70));
        emulator.api().unlimited();
        RecordedRequests sent = emulator.requests("/v0/decisions/run");
        row("650 calls a minute where Hume allows 600, for 70 s", "without rate-limit.requests-per-minute: %d of %d calls"
                + " failed with 429; with it: %d of %d, the slowest after %.1f s, and Hume answered none of %d requests with 429",
                failed(without).size(), without.size(), failed(with).size(), with.size(), percentile(with, 1) / 1_000,
                sent.size());
        assertThat(failed(without)).hasSizeBetween(40, 60).allSatisfy(call -> assertThat(
                ((WebApplicationException) call.failure()).getResponse().getStatus()).isEqualTo(429));
        assertThat(failed(with)).isEmpty();
        assertThat(sent.stream().map(request -> request.status().orElse(0))).hasSameSizeAs(with).containsOnly(200);
    }

    private static List<String> reasons(List<Call> calls) {
        return failed(calls).stream().map(call -> ((HumeAuthenticationException) call.failure()).reason().name()).distinct()
                .toList();
    }
}
