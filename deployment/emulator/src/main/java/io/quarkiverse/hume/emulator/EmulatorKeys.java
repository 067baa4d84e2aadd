package io.quarkiverse.hume.emulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The keys of one emulated account. Immutable. They open nothing but the emulator; {@code toString} masks them anyway. */
public final class EmulatorKeys {

    private static final String DEFAULT_NAME = "default";

    private final String apiKey;
    private final String secretKey;

    EmulatorKeys(String apiKey, String secretKey) {
        this.apiKey = Objects.requireNonNull(apiKey);
        this.secretKey = Objects.requireNonNull(secretKey);
    }

    /** The keys an account has after it was regenerated {@code number - 1} times: the same in every run. */
    static EmulatorKeys numbered(String account, int number) {
        String name = account.equals(HumeEmulator.DEFAULT_ACCOUNT) ? DEFAULT_NAME : named(account);
        return new EmulatorKeys("emulator-api-key-" + name + "-" + number, "emulator-secret-key-" + name + "-" + number);
    }

    /** Encoded, so that any account name gives a legal header value and a Basic user name without a colon. */
    private static String named(String account) {
        String encoded = URLEncoder.encode(account, StandardCharsets.UTF_8);
        // The encoding never yields a tilde: an account that is named like this still has keys of its own.
        return encoded.equals(DEFAULT_NAME) ? "~" + encoded : encoded;
    }

    public String apiKey() {
        return apiKey;
    }

    public String secretKey() {
        return secretKey;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmulatorKeys keys && apiKey.equals(keys.apiKey) && secretKey.equals(keys.secretKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(apiKey, secretKey);
    }

    @Override
    public String toString() {
        return "EmulatorKeys[apiKey=***, secretKey=***]";
    }
}
