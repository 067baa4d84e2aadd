package io.quarkiverse.hume.emulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The keys of one emulated account. They open nothing but the emulator; {@code toString} masks them anyway. */
public record EmulatorKeys(String apiKey, String secretKey) {

    private static final String DEFAULT_NAME = "default";

    /** The keys an account has after it was regenerated {@code number - 1} times: the same in every run. */
    static EmulatorKeys numbered(String account, int number) {
        String name = account.equals(EmulatorAccounts.DEFAULT) ? DEFAULT_NAME : named(account);
        return new EmulatorKeys("emulator-api-key-" + name + "-" + number, "emulator-secret-key-" + name + "-" + number);
    }

    /** Encoded, so that any account name gives a legal header value and a Basic user name without a colon. */
    private static String named(String account) {
        String encoded = URLEncoder.encode(account, StandardCharsets.UTF_8);
        // The encoding never yields a tilde: an account that is named like this still has keys of its own.
        return encoded.equals(DEFAULT_NAME) ? "~" + encoded : encoded;
    }

    @Override
    public String toString() {
        return "EmulatorKeys[apiKey=***, secretKey=***]";
    }
}
