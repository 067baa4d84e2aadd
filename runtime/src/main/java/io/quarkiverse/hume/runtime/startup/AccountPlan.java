package io.quarkiverse.hume.runtime.startup;

import io.quarkiverse.hume.HumeStrategy;

/**
 * What the build decided for one account.
 *
 * @param name the account
 * @param strategy {@link HumeStrategy#AUTO} if the decision is left to the startup
 * @param reason why, as a clause; without any key
 * @param usedBy what uses the account, such as the name of a REST client; {@code null} if nothing that the build can see
 * @param tokensUsedBy what uses access tokens of the account whatever its strategy; {@code null} if nothing does
 * @param revisable whether keys that are found at startup may lead to another strategy than those that the build saw
 *        mentioned: the emulator was to provide them, and something else does, such as a test resource
 */
public record AccountPlan(String name, HumeStrategy strategy, String reason, String usedBy, String tokensUsedBy,
        boolean revisable) {

    public static AccountPlan unplanned(String name) {
        return new AccountPlan(name, HumeStrategy.AUTO, "first seen at startup", null, null, false);
    }
}
