package io.quarkiverse.hume.runtime.account;

import java.net.URI;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.name.AccountName;

/**
 * The properties of an account that are fixed at start-up.
 *
 * @param strategy {@link HumeStrategy#API_KEY} or {@link HumeStrategy#TOKEN}
 * @param reason the reason for this strategy, as a clause
 * @param acquiresAtStartup whether a token is requested before any caller needs one
 * @param noKey why the account cannot have an API key, as a clause that names the property; {@code null} if it has or may have
 *        one
 */
public record AccountProfile(String name, HumeStrategy strategy, String reason, URI baseUrl, boolean acquiresAtStartup,
        String noKey) {

    /** The account as messages name it. */
    public String describe() {
        return AccountName.describe(name);
    }

    /** The full name of a property of this account, for messages. */
    public String property(String key) {
        return AccountName.property(name, key);
    }
}
