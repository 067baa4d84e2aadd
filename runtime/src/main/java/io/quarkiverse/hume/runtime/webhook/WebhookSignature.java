package io.quarkiverse.hume.runtime.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Computes signatures of webhooks: HMAC-SHA256 of the body, a dot and the timestamp, in lower-case hexadecimal digits. */
final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {
    }

    static String of(String key, byte[] body, String timestamp) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(body);
            mac.update((byte) '.');
            mac.update(timestamp.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no " + ALGORITHM, e);
        }
    }

    /**
     * Whether one of the keys yields the signature. The duration depends neither on the position of a difference nor on the key
     * that matches.
     */
    static boolean matches(String signature, byte[] body, String timestamp, List<String> keys) {
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (String key : keys) {
            matches |= MessageDigest.isEqual(of(key, body, timestamp).getBytes(StandardCharsets.UTF_8), given);
        }
        return matches;
    }
}
