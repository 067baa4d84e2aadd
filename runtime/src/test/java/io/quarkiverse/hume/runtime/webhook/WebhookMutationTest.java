package io.quarkiverse.hume.runtime.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

/** 10,000 genuine webhooks in which one bit is flipped, or one byte is removed, inserted or exchanged: none is accepted. */
class WebhookMutationTest {

    private static final int MUTATIONS = 5_000;

    private final Random random = new Random(20261124);

    @ParameterizedTest
    @EnumSource(WebhookVectors.class)
    void mutation_isNeverAccepted(WebhookVectors vector) {
        WebhookVerifier verifier = new WebhookVerifier("", Duration.ofHours(1), Duration.ofHours(1),
                new ReplayMemory(10, () -> {
                }), SharedReplays.NONE, () -> Instant.ofEpochSecond(vector.seconds()));
        byte[][] genuine = { vector.body, vector.signature.getBytes(StandardCharsets.UTF_8),
                vector.timestamp.getBytes(StandardCharsets.UTF_8) };
        int forged = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[][] parts = genuine.clone();
            int part = i % parts.length;
            do {
                parts[part] = mutated(parts[part]);
            } while (random.nextInt(4) == 0 || Arrays.equals(parts[part], genuine[part]));
            WebhookOutcome verdict = WebhookVectors.verify(verifier,
                    WebhookHeaders.of(List.of(new String(parts[1], StandardCharsets.UTF_8)),
                            List.of(new String(parts[2], StandardCharsets.UTF_8))),
                    parts[0], List.of("another", vector.key));
            assertThat(verdict).as("mutation %s", i).isNotEqualTo(WebhookOutcome.ACCEPTED);
            forged += verdict == WebhookOutcome.FORGED ? 1 : 0;
        }
        // Most of them reach the comparison, and the genuine one is accepted by the same verifier.
        assertThat(forged).isGreaterThan(MUTATIONS / 3);
        assertThat(WebhookVectors.verify(verifier, vector.headers(), vector.body, List.of("another", vector.key)))
                .isEqualTo(WebhookOutcome.ACCEPTED);
    }

    private byte[] mutated(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] { (byte) random.nextInt() };
        }
        int at = random.nextInt(bytes.length);
        byte[] changed = bytes.clone();
        switch (random.nextInt(5)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed[at] = (byte) "0123456789abcdef".charAt(random.nextInt(16));
            case 2 -> changed = Arrays.copyOf(bytes, at);
            case 3 -> {
                changed = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, changed, at + 1, bytes.length - at);
                changed[at] = (byte) "0123456789abcdef. ".charAt(random.nextInt(18));
            }
            default -> {
                int other = random.nextInt(bytes.length);
                changed[at] = bytes[other];
                changed[other] = bytes[at];
            }
        }
        return changed;
    }
}
