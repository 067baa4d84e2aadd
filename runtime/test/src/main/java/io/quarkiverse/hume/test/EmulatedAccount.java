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

    /** They open nothing but the emulator; their text is masked. */
    public record Keys(String apiKey, String secretKey) {

        private static Keys of(JsonObject json) {
            return new Keys(json.getString("api_key"), json.getString("secret_key"));
        }

        @Override
        public String toString() {
            return "Keys[apiKey=***, secretKey=***]";
        }
    }

    public String name() {
        return name;
    }

    /** Those that are accepted now. */
    public Keys keys() {
        return all(control).stream().filter(account -> account.getString("account").equals(name)).findFirst().map(Keys::of)
                .orElseThrow(() -> new IllegalArgumentException("The emulator has no account " + name));
    }

    /** Accepts these keys; the former ones and their tokens end at once. */
    public void useKeys(String apiKey, String secretKey) {
        control.put("/keys", new JsonObject().put("account", name).put("api_key", apiKey).put("secret_key", secretKey));
    }

    /** New keys; the former ones and their tokens end at once. */
    public Keys regenerateKeys() {
        return regenerateKeys(Duration.ZERO);
    }

    /** New keys; the former ones and their tokens end after a time, in whole seconds. */
    public Keys regenerateKeys(Duration overlap) {
        return regenerate(new JsonObject().put("overlap_seconds", overlap.toSeconds()));
    }

    /** New keys; the former ones end at once, and their tokens when they expire. */
    public Keys regenerateKeysButKeepTokens() {
        return regenerate(new JsonObject().put("keep_tokens", true));
    }

    /**
     * Ends its tokens: calls with them are answered 401.
     *
     * @return how many there were
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
