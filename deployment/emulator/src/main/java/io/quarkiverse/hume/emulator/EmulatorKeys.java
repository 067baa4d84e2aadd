package io.quarkiverse.hume.emulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The keys of one emulated account. Only the emulator accepts them, but {@code toString} masks them nevertheless. */
public record EmulatorKeys(String apiKey, String secretKey) {

    /** The keys of an account after {@code number - 1} regenerations. They are the same in every run. */
    static EmulatorKeys numbered(String account, int number) {
        String name = switch (account) {
            case HumeEmulator.DEFAULT_ACCOUNT -> "default";
            // The result of an encoding has no tilde, so no other account has the same keys.
            case "default" -> "~default";
            // Encoded, so that every account name results in a valid header value, without a colon.
            default -> URLEncoder.encode(account, StandardCharsets.UTF_8);
        };
        return new EmulatorKeys("emulator-api-key-" + name + "-" + number, "emulator-secret-key-" + name + "-" + number);
    }

    @Override
    public String toString() {
        return "EmulatorKeys[apiKey=***, secretKey=***]";
    }
}
