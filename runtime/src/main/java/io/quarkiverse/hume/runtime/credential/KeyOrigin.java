package io.quarkiverse.hume.runtime.credential;

import io.quarkiverse.hume.runtime.name.AccountName;

/**
 * Where the keys of an account come from, for messages about keys that are rejected or expire.
 *
 * @param apiKey what contains or provides the API key, as a noun phrase
 * @param keys the same for both keys
 * @param rejected the same for the API key, with a preposition
 * @param expiry where the expiry is that comes with the keys, as a noun phrase
 */
public record KeyOrigin(String apiKey, String keys, String rejected, String expiry) {

    /** The properties of the account. */
    public static KeyOrigin configuration(String account) {
        String apiKey = AccountName.property(account, "api-key");
        return new KeyOrigin(apiKey, apiKey + " and " + AccountName.property(account, "secret-key"), "in " + apiKey,
                apiKey + "-expires-at");
    }

    /** A bean or a credential store, as a noun phrase. */
    public static KeyOrigin provider(String provider, String expiry) {
        return new KeyOrigin(provider, provider, "from " + provider, expiry);
    }
}
