package io.quarkiverse.hume.deployment.spi;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.name.StrategyName;

/**
 * The strategy of an account as far as it is known at build time, and the reason for it.
 *
 * @param strategy {@link HumeStrategy#AUTO} if it is known only at startup
 * @param reason a clause without any key
 */
public record StrategyDecision(HumeStrategy strategy, String reason) {

    /**
     * @param configured the account's {@code strategy} property
     * @param apiKey whether the build sees an API key
     * @param secretKey whether the build sees a secret key
     */
    public static StrategyDecision decide(String account, HumeStrategy configured, boolean apiKey, boolean secretKey) {
        if (configured != HumeStrategy.AUTO) {
            return new StrategyDecision(configured, StrategyName.setting(account, configured));
        }
        if (secretKey) {
            return new StrategyDecision(HumeStrategy.TOKEN, AccountName.property(account, "secret-key")
                    + " is configured");
        }
        if (apiKey) {
            return new StrategyDecision(HumeStrategy.API_KEY, "only " + AccountName.property(account, "api-key")
                    + " is configured");
        }
        return new StrategyDecision(HumeStrategy.AUTO, "the build sees no keys, so the startup decides");
    }
}
