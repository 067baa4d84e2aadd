package io.quarkiverse.hume.test;

import java.time.Duration;
import java.util.List;

import io.vertx.core.json.JsonObject;

/** The keys and tokens of one account in the emulator. */
public final class EmulatedAccount {

    private final ControlApi control;
    private final String name;

    EmulatedAccount(ControlApi control, String name) {
        this.control = control;
        this.name = name;
    }

    /** The keys of an account. Only the emulator accepts them. {@link #toString()} does not contain them. */
    public record Keys(String apiKey, String secretKey) {

        private static Keys of(JsonObject json) {
            return new Keys(json.getString("api_key"), json.getString("secret_key"));
        }

        @Override
        public String toString() {
            return "Keys[apiKey=***, secretKey=***]";
        }
    }

    /** The name of the account, {@link HumeEmulator#DEFAULT_ACCOUNT} for the default one. */
    public String name() {
        return name;
    }

    /**
     * The keys that the emulator accepts now.
     *
     * @throws IllegalArgumentException if the emulator does not know the account
     */
    public Keys keys() {
        return all(control).stream().filter(account -> account.getString("account").equals(name)).findFirst().map(Keys::of)
                .orElseThrow(() -> new IllegalArgumentException("The emulator has no account " + name));
    }

    /** Replaces the keys by the given ones. The old keys and their tokens become invalid at once. */
    public void useKeys(String apiKey, String secretKey) {
        control.put("/keys", new JsonObject().put("account", name).put("api_key", apiKey).put("secret_key", secretKey));
    }

    /**
     * Replaces the keys by new ones. The old keys and their tokens become invalid at once.
     *
     * @return the new keys
     */
    public Keys regenerateKeys() {
        return regenerateKeys(Duration.ZERO);
    }

    /**
     * Replaces the keys by new ones. The old keys and their tokens become invalid after the given time.
     *
     * @param overlap the time, of which only the whole seconds are used
     * @return the new keys
     */
    public Keys regenerateKeys(Duration overlap) {
        return regenerate(new JsonObject().put("overlap_seconds", overlap.toSeconds()));
    }

    /**
     * Replaces the keys by new ones. The old keys become invalid at once, but their tokens stay valid until they expire.
     *
     * @return the new keys
     */
    public Keys regenerateKeysButKeepTokens() {
        return regenerate(new JsonObject().put("keep_tokens", true));
    }

    /**
     * Revokes the tokens of the account: calls with them are answered with 401.
     *
     * @return the number of revoked tokens
     */
    public int revokeTokens() {
        return control.post("/tokens/revoke", new JsonObject().put("account", name)).getInteger("revoked");
    }

    static List<JsonObject> all(ControlApi control) {
        return control.get("").getJsonArray("accounts").stream().map(JsonObject.class::cast).toList();
    }

    private Keys regenerate(JsonObject how) {
        return Keys.of(control.post("/keys/regenerate", how.put("account", name)).getJsonArray("accounts").getJsonObject(0));
    }
}
