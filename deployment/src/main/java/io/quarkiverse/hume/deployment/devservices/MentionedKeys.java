package io.quarkiverse.hume.deployment.devservices;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.deployment.spi.EmulatedAccount;
import io.quarkiverse.hume.deployment.spi.StrategyDecision;

/**
 * Decides which strategy and keys an emulated account has, from the keys that the configuration mentions in the production
 * profile or, if there are none, in the active profile. Many applications configure their keys only for production.
 */
final class MentionedKeys {

    private MentionedKeys() {
    }

    /**
     * @param now the configuration of this build
     * @param production the configuration that a build for production would have
     * @param tokensWanted whether a client uses access tokens of the account regardless of the account's strategy
     */
    static EmulatedAccount emulated(String account, ConfiguredKeys now, ConfiguredKeys production, boolean tokensWanted) {
        HumeStrategy configured = now.strategyBefore(production, account);
        ConfiguredKeys keys = production.isConfigured(account, "api-key") || production.isConfigured(account, "secret-key")
                ? production
                : now;
        boolean apiKey = keys.isConfigured(account, "api-key");
        boolean secretKey = keys.isConfigured(account, "secret-key");
        StrategyDecision decision = StrategyDecision.decide(account, configured, apiKey, secretKey);
        boolean neither = !apiKey && !secretKey;
        if (decision.strategy() == HumeStrategy.AUTO) {
            decision = new StrategyDecision(HumeStrategy.AUTO, "no key is configured, and the emulator has both");
        }
        return new EmulatedAccount(decision, configured != HumeStrategy.AUTO, apiKey && !secretKey,
                secretKey || neither && (configured != HumeStrategy.API_KEY || tokensWanted));
    }
}