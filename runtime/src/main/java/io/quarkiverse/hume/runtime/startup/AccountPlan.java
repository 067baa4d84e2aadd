package io.quarkiverse.hume.runtime.startup;

import io.quarkiverse.hume.HumeStrategy;

/**
 * The decisions of the build for one account.
 *
 * @param name the name of the account
 * @param strategy the strategy; {@link HumeStrategy#AUTO} if it is decided at startup
 * @param reason the reason for the strategy, as a clause that contains no key
 * @param usedBy a description of what uses the account, such as a REST client; {@code null} if the build has found no use
 * @param tokensUsedBy a description of what uses access tokens of the account regardless of its strategy; {@code null} if
 *        nothing does
 * @param revisable whether the keys at startup may lead to another strategy than the one that the build chose. This is the case
 *        in dev and test mode if the build expected the emulator to provide the keys, which a test resource, for instance, can
 *        replace at startup, or if the keys of the active profile differ from those that production will have
 */
public record AccountPlan(String name, HumeStrategy strategy, String reason, String usedBy, String tokensUsedBy,
        boolean revisable) {

    public static AccountPlan unplanned(String name) {
        return new AccountPlan(name, HumeStrategy.AUTO, "first seen at startup", null, null, false);
    }
}
