package io.quarkiverse.hume.runtime.account;

import java.net.URI;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.name.AccountName;

/**
 * The properties of an account that are fixed at start-up.
 *
 * @param strategy {@link HumeStrategy#API_KEY} or {@link HumeStrategy#TOKEN}
 * @param reason why this strategy, as a clause
 * @param acquiresAtStartup whether a token is requested before any caller needs one
 * @param noKey why there can be no API key, as a clause that names the property; {@code null} if there is or may be one
 */
public record AccountProfile(String name, HumeStrategy strategy, String reason, URI baseUrl, boolean acquiresAtStartup,
        String noKey) {

    /** For messages: which account this is. */
    public String describe() {
        return AccountName.describe(name);
    }

    /** For messages: the name of a property of this account. */
    public String property(String key) {
        return AccountName.property(name, key);
    }
}
