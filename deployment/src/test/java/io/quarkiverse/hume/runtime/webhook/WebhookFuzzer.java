package io.quarkiverse.hume.runtime.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.driver.FuzzedDataProviderImpl;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

/**
 * Webhooks with any headers, bodies and keys have the result that a re-implementation gives. It has its own HMAC (RFC 2104,
 * using only SHA-256) and its own parser of the headers.
 */
public final class WebhookFuzzer {

    private static final long NOW = 1_760_000_000;
    private static final long TOLERANCE = 180;
    private static final long SKEW = 60;

    /** What makes another text of the same number: twelve digits are too many, eleven are not. */
    private static final List<String> PREFIXES = List.of("", "", "", "", "0", "00", "+", " ", "\u0660");

    private WebhookFuzzer() {
    }

    public static byte[][] seeds() {
        byte[][] seeds = new byte[16][];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = new byte[256];
            for (int j = 0; j < seeds[i].length; j++) {
                seeds[i][j] = (byte) (i * 31 + j * j);
            }
        }
        return seeds;
    }

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedDataProvider data = FuzzedDataProviderImpl.withJavaData(input);
        List<String> keys = new ArrayList<>();
        for (int i = data.consumeInt(1, 3); i > 0; i--) {
            keys.add("k" + data.consumeString(80));
        }
        String key = data.consumeBoolean() ? data.pickValue(keys) : "another" + data.consumeString(5);
        List<String> timestamps = new ArrayList<>();
        for (int i = data.consumeInt(0, 10); i > 7; i--) {
            timestamps.add(data.consumeString(14));
        }
        if (timestamps.size() != 2) {
            timestamps.add(data.consumeInt(0, 3) == 0 ? data.consumeString(14)
                    : data.pickValue(PREFIXES) + (NOW + data.consumeLong(-TOLERANCE - 3, SKEW + 3)));
        }
        if (data.consumeInt(0, 20) == 0) {
            timestamps.clear();
        }
        List<String> signatures = new ArrayList<>();
        int how = data.consumeInt(0, 15);
        byte[] body = data.consumeRemainingAsBytes();
        String genuine = hmac(key, body, timestamps.isEmpty() ? "" : timestamps.get(0));
        switch (how) {
            case 0 -> {
                // None.
            }
            case 1 -> signatures.addAll(List.of(genuine, genuine));
            case 2 -> signatures.add(genuine.toUpperCase(java.util.Locale.ROOT));
            case 3 -> signatures.add(genuine.substring(1));
            case 4 -> signatures.add(" " + genuine);
            case 5 -> signatures.add(new String(body, StandardCharsets.ISO_8859_1));
            case 6 -> signatures.add((genuine.charAt(0) == '0' ? '1' : '0') + genuine.substring(1));
            case 7 -> signatures.add(genuine.substring(0, 63) + '\u0666');
            case 8 -> signatures.add(genuine + "\n");
            default -> signatures.add(genuine);
        }
        WebhookVerifier verifier = new WebhookVerifier("", Duration.ofSeconds(TOLERANCE), Duration.ofSeconds(SKEW),
                new ReplayMemory(10, () -> {
                }), SharedReplays.NONE, () -> Instant.ofEpochSecond(NOW));
        WebhookOutcome expected = expected(signatures, timestamps, body, keys);
        check(expected, verdict(verifier, signatures, timestamps, body, keys));
        check(expected == WebhookOutcome.ACCEPTED ? WebhookOutcome.REPLAYED : expected,
                verdict(verifier, signatures, timestamps, body, keys));
    }

    private static WebhookOutcome verdict(WebhookVerifier verifier, List<String> signatures, List<String> timestamps,
            byte[] body, List<String> keys) {
        WebhookHeaders headers = WebhookHeaders.of(signatures, timestamps);
        WebhookOutcome early = verifier.examine(headers);
        if (early != WebhookOutcome.ACCEPTED) {
            return early;
        }
        return verifier.isSigned(headers, body, keys) ? verifier.accept(headers, () -> false).toCompletableFuture().join()
                : WebhookOutcome.FORGED;
    }

    private static WebhookOutcome expected(List<String> signatures, List<String> timestamps, byte[] body, List<String> keys) {
        if (signatures.isEmpty() || timestamps.isEmpty()) {
            return WebhookOutcome.UNSIGNED;
        }
        if (signatures.size() > 1 || timestamps.size() > 1 || !consistsOf("0123456789abcdef", signatures.get(0), 64, 64)
                || !consistsOf("0123456789", timestamps.get(0), 1, 11)) {
            return WebhookOutcome.MALFORMED;
        }
        long age = NOW - Long.parseLong(timestamps.get(0));
        if (age > TOLERANCE) {
            return WebhookOutcome.STALE;
        }
        if (age < -SKEW) {
            return WebhookOutcome.FUTURE;
        }
        return keys.stream().anyMatch(key -> hmac(key, body, timestamps.get(0)).equals(signatures.get(0)))
                ? WebhookOutcome.ACCEPTED
                : WebhookOutcome.FORGED;
    }

    private static boolean consistsOf(String characters, String text, int least, int most) {
        return text.length() >= least && text.length() <= most && text.chars().allMatch(c -> characters.indexOf(c) >= 0);
    }

    private static String hmac(String key, byte[] body, String timestamp) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = key.getBytes(StandardCharsets.UTF_8);
            block = Arrays.copyOf(block.length > 64 ? digest.digest(block) : block, 64);
            byte[] inner = block.clone();
            byte[] outer = block.clone();
            for (int i = 0; i < 64; i++) {
                inner[i] ^= 0x36;
                outer[i] ^= 0x5c;
            }
            digest.update(inner);
            digest.update(body);
            digest.update(("." + timestamp).getBytes(StandardCharsets.UTF_8));
            byte[] first = digest.digest();
            digest.update(outer);
            StringBuilder hex = new StringBuilder();
            for (byte b : digest.digest(first)) {
                hex.append("0123456789abcdef".charAt(b >> 4 & 15)).append("0123456789abcdef".charAt(b & 15));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(WebhookOutcome expected, WebhookOutcome actual) {
        if (expected != actual) {
            throw new AssertionError("The verdict is " + actual + ", not " + expected);
        }
    }
}
