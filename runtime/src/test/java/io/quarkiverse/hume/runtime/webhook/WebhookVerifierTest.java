package io.quarkiverse.hume.runtime.webhook;

import static io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome.ACCEPTED;
import static io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome.FORGED;
import static io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome.MALFORMED;
import static io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome.REPLAYED;
import static io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome.STALE;
import static io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome.UNSIGNED;
import static io.quarkiverse.hume.runtime.webhook.WebhookVectors.ASCII;
import static io.quarkiverse.hume.runtime.webhook.WebhookVectors.NON_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

class WebhookVerifierTest {

    private Instant now = Instant.ofEpochSecond(ASCII.seconds());
    private final WebhookVerifier verifier = new WebhookVerifier("", Duration.ofSeconds(180), Duration.ofSeconds(30),
            new ReplayMemory(100, () -> {
            }), SharedReplays.NONE, () -> now);

    @ParameterizedTest
    @EnumSource(WebhookVectors.class)
    void genuine_isAccepted(WebhookVectors vector) {
        now = Instant.ofEpochSecond(vector.seconds());
        assertThat(WebhookSignature.of(vector.key, vector.body, vector.timestamp)).isEqualTo(vector.signature);
        assertThat(verifier.examine(vector.headers())).isEqualTo(ACCEPTED);
        assertThat(WebhookVectors.verify(verifier, vector.headers(), vector.body, List.of(vector.key))).isEqualTo(ACCEPTED);
    }

    @Test
    void vectors_haveTheDocumentedLengths() {
        assertThat(ASCII.body).hasSize(158);
        assertThat(NON_ASCII.body).hasSize(164);
    }

    @ParameterizedTest
    @CsvSource({ "180000,ACCEPTED", "180001,STALE", "100000000,STALE", "-30000,ACCEPTED", "-30001,FUTURE",
            "-100000000,FUTURE" })
    void age_isBoundedBothWays(long laterMillis, WebhookOutcome expected) {
        now = now.plusMillis(laterMillis);
        assertThat(verifier.examine(ASCII.headers())).isEqualTo(expected);
        assertThat(verify(ASCII.headers(), ASCII.key)).isEqualTo(expected);
    }

    @Test
    void bodyThatArrivesSlowly_isStaleWhenComplete() {
        assertThat(verifier.examine(ASCII.headers())).isEqualTo(ACCEPTED);
        now = now.plusSeconds(181);
        assertThat(verify(ASCII.headers(), ASCII.key)).isEqualTo(STALE);
    }

    @Test
    void several_keys_anyOfThemWillDo() {
        assertThat(verify(ASCII.headers(), "other", "another")).isEqualTo(FORGED);
        assertThat(verify(ASCII.headers())).isEqualTo(FORGED);
        assertThat(verify(ASCII.headers(), "other", ASCII.key, "another")).isEqualTo(ACCEPTED);
    }

    @Test
    void replay_isRejectedUntilItIsStale() {
        assertThat(verify(ASCII.headers(), ASCII.key)).isEqualTo(ACCEPTED);
        assertThat(verify(ASCII.headers(), ASCII.key)).isEqualTo(REPLAYED);
        now = now.plusSeconds(180);
        assertThat(verify(ASCII.headers(), ASCII.key)).isEqualTo(REPLAYED);
        now = now.plusMillis(1);
        assertThat(verify(ASCII.headers(), ASCII.key)).isEqualTo(STALE);
    }

    @Test
    void released_isAcceptedOnceMore() {
        assertThat(verify(ASCII.headers(), ASCII.key)).isEqualTo(ACCEPTED);
        verifier.release(ASCII.headers(), WebhookVectors.DELIVERY);
        assertThat(verify(ASCII.headers(), ASCII.key)).isEqualTo(ACCEPTED);
        assertThat(verify(ASCII.headers(), ASCII.key)).isEqualTo(REPLAYED);
    }

    @Test
    void forged_isNotRemembered() {
        assertThat(verify(ASCII.headers(), "other")).isEqualTo(FORGED);
        assertThat(verify(ASCII.headers(), ASCII.key)).isEqualTo(ACCEPTED);
    }

    @Test
    void simultaneousReplays_oneIsAccepted() throws Exception {
        int callers = 8;
        CyclicBarrier start = new CyclicBarrier(callers);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        List<Future<WebhookOutcome>> verdicts = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            verdicts.add(threads.submit(() -> {
                start.await();
                return verify(ASCII.headers(), ASCII.key);
            }));
        }
        List<WebhookOutcome> all = new ArrayList<>();
        for (Future<WebhookOutcome> verdict : verdicts) {
            all.add(verdict.get());
        }
        threads.shutdown();
        assertThat(all).filteredOn(ACCEPTED::equals).hasSize(1);
        assertThat(all).filteredOn(REPLAYED::equals).hasSize(callers - 1);
    }

    @Test
    void missingHeaders_areUnsigned() {
        assertThat(verifier.examine(WebhookHeaders.of(List.of(), List.of(ASCII.timestamp)))).isEqualTo(UNSIGNED);
        assertThat(verifier.examine(WebhookHeaders.of(List.of(ASCII.signature), List.of()))).isEqualTo(UNSIGNED);
        assertThat(verify(WebhookHeaders.of(List.of(), List.of()), ASCII.key)).isEqualTo(UNSIGNED);
    }

    @Test
    void signature_ofAnotherForm_isMalformed() {
        assertMalformed(ASCII.signature.toUpperCase(Locale.ROOT));
        assertMalformed(ASCII.signature.substring(0, 63));
        assertMalformed(ASCII.signature.substring(0, 62));
        assertMalformed(ASCII.signature + "00");
        assertMalformed("sha256=" + ASCII.signature);
        assertMalformed("");
        assertMalformed(ASCII.signature + "\n");
    }

    private void assertMalformed(String signature) {
        WebhookHeaders headers = WebhookHeaders.of(List.of(signature), List.of(ASCII.timestamp));
        assertThat(verifier.examine(headers)).as(signature).isEqualTo(MALFORMED);
        assertThat(verify(headers, ASCII.key)).as(signature).isEqualTo(MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "-1760000000", "+1760000000", "1760000000.0", "1760000000000", "0x68e7", "1.76e9",
            "1760000000 ", "1760000000\n", "\u0661\u0667\u0666", "158.1760000000", "2025-10-09T08:53:20Z" })
    void timestamp_ofAnotherForm_isMalformed(String timestamp) {
        assertThat(verifier.examine(WebhookHeaders.of(List.of(ASCII.signature), List.of(timestamp)))).isEqualTo(MALFORMED);
    }

    @Test
    void repeatedHeaders_areMalformed() {
        List<String> twice = List.of(ASCII.signature, ASCII.signature);
        assertThat(verifier.examine(WebhookHeaders.of(twice, List.of(ASCII.timestamp)))).isEqualTo(MALFORMED);
        assertThat(verifier.examine(WebhookHeaders.of(List.of(ASCII.signature), List.of(ASCII.timestamp, "1"))))
                .isEqualTo(MALFORMED);
    }

    @Test
    void timestampWithLeadingZero_isAnotherText() {
        WebhookHeaders headers = WebhookHeaders.of(List.of(ASCII.signature), List.of("0" + ASCII.timestamp));
        assertThat(verify(headers, ASCII.key)).isEqualTo(FORGED);
    }

    @Test
    void textWithMovedSeparator_isRejected() {
        // "body.17600.1760000000": the part before the last dot is the body, whatever dots it has.
        byte[] body = "body.17600".getBytes();
        String signature = WebhookSignature.of("k", body, ASCII.timestamp);
        assertThat(WebhookVectors.verify(verifier, WebhookHeaders.of(List.of(signature), List.of("17600." + ASCII.timestamp)),
                "body".getBytes(), List.of("k"))).isEqualTo(MALFORMED);
        assertThat(WebhookVectors.verify(verifier, WebhookHeaders.of(List.of(signature), List.of(ASCII.timestamp)), body,
                List.of("k")))
                .isEqualTo(ACCEPTED);
    }

    private WebhookOutcome verify(WebhookHeaders headers, String... keys) {
        return WebhookVectors.verify(verifier, headers, ASCII.body, List.of(keys));
    }
}
