package io.quarkiverse.hume.deployment.account;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.deployment.spi.StrategyDecision;
import io.quarkus.runtime.LaunchMode;

/**
 * Decides on the strategies of the accounts that the emulator does not replace. The active profile decides. If it mentions no
 * key in dev or test mode, the configuration of production decides, so that the application has the components that it has in
 * production.
 */
final class AccountStrategies {

    private final ConfiguredKeys keys;
    private final ConfiguredKeys production;
    private final LaunchMode mode;

    /** @param production in a build for production, the same as {@code keys} */
    AccountStrategies(ConfiguredKeys keys, ConfiguredKeys production, LaunchMode mode) {
        this.keys = keys;
        this.production = production;
        this.mode = mode;
    }

    StrategyDecision decide(String account) {
        StrategyDecision decision = decide(account, keys, keys.strategyBefore(production, account));
        return decision.strategy() != HumeStrategy.AUTO ? decision : decide(account, production, HumeStrategy.AUTO);
    }

    private static StrategyDecision decide(String account, ConfiguredKeys keys, HumeStrategy configured) {
        return StrategyDecision.decide(account, configured, keys.isConfigured(account, "api-key"),
                keys.isConfigured(account, "secret-key"));
    }

    /**
     * Whether the keys at startup may lead to another strategy: if the configuration of production has decided, or if a test
     * has an API key of its own, and the secret key that the configuration mentions is not set.
     */
    boolean isRevisable(String account) {
        HumeStrategy strategy = keys.strategyBefore(production, account);
        if (!mode.isDevOrTest() || strategy == keys.strategy(account) && strategy != HumeStrategy.AUTO) {
            return false;
        }
        return strategy != HumeStrategy.AUTO
                || decide(account, keys, HumeStrategy.AUTO).strategy() == HumeStrategy.AUTO
                || mode == LaunchMode.TEST && keys.isResolvable(account, "api-key")
                        && !keys.isResolvable(account, "secret-key");
    }
}
