package io.quarkiverse.hume.deployment.devservices;

import java.net.URI;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.deployment.spi.EmulatedAccount;
import io.quarkiverse.hume.deployment.spi.StrategyDecision;
import io.quarkiverse.hume.runtime.name.HumeHost;

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
        // The cloud platform needs an API key, so a secret key would lead to calls that are rejected.
        boolean tokensUseful = configured == HumeStrategy.TOKEN
                || configured == HumeStrategy.AUTO && !isOnCloud(account, now, production);
        if (decision.strategy() == HumeStrategy.AUTO) {
            decision = new StrategyDecision(HumeStrategy.AUTO, "no key is configured, and the emulator has "
                    + (tokensUseful || tokensWanted ? "both" : "an API key, which the cloud platform needs"));
        }
        return new EmulatedAccount(decision, configured != HumeStrategy.AUTO, apiKey && !secretKey,
                secretKey || neither && (tokensUseful || tokensWanted));
    }

    private static boolean isOnCloud(String account, ConfiguredKeys now, ConfiguredKeys production) {
        return now.value(account, "base-url").or(() -> production.value(account, "base-url"))
                .filter(url -> !HumeHost.isElsewhere(url)).map(URI::create).filter(HumeHost::isCloud).isPresent();
    }
}
