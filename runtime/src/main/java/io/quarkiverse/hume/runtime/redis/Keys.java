package io.quarkiverse.hume.runtime.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

import io.quarkiverse.hume.runtime.access.Caller;

/**
 * The names of keys in Redis. They begin with the name of the application, so that several applications can use one Redis, and
 * end with a digest: neither signatures nor the names of users and accounts are readable there.
 */
final class Keys {

    private final String prefix;

    Keys(String application) {
        this.prefix = "hume:" + application + ":";
    }

    /** @param kind what is counted, such as requests or sockets */
    String of(String kind, String endpoint, Caller caller) {
        return of(kind, endpoint, caller.signedIn() ? "user" : "address", caller.name());
    }

    String of(String kind, String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                // The length precedes each part, so that different lists of parts never result in the same bytes.
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return prefix + kind + ":" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The key that a script uses when it probes whether Redis works. */
    String probe(Script script) {
        return prefix + "probe:" + script.name().toLowerCase(Locale.ROOT);
    }
}
