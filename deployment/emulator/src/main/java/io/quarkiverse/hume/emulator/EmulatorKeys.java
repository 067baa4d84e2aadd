package io.quarkiverse.hume.emulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The keys of one emulated account. Only the emulator accepts them, but {@code toString} masks them nevertheless. */
public record EmulatorKeys(String apiKey, String secretKey) {

    private static final String DEFAULT_NAME = "default";

    /** The keys of an account after {@code number - 1} regenerations. They are the same in every run. */
    static EmulatorKeys numbered(String account, int number) {
        String name = account.equals(EmulatorAccounts.DEFAULT) ? DEFAULT_NAME : named(account);
        return new EmulatorKeys("emulator-api-key-" + name + "-" + number, "emulator-secret-key-" + name + "-" + number);
    }

    /** Encoded, so that every account name results in a valid header value, without a colon. */
    private static String named(String account) {
        String encoded = URLEncoder.encode(account, StandardCharsets.UTF_8);
        // The result of an encoding has no tilde, so an account with this name has its own keys as well.
        return encoded.equals(DEFAULT_NAME) ? "~" + encoded : encoded;
    }

    @Override
    public String toString() {
        return "EmulatorKeys[apiKey=***, secretKey=***]";
    }
}
