package io.quarkiverse.hume.deployment.spi;

/**
 * An account whose keys the emulator provides. It has the strategy that it will have in production.
 *
 * @param fixed whether a property specifies the strategy, so that it does not depend on the keys
 * @param onlyApiKey whether an API key is mentioned, and no secret key
 * @param secretKey whether the emulator provides a secret key, too
 */
public record EmulatedAccount(StrategyDecision decision, boolean fixed, boolean onlyApiKey, boolean secretKey) {
}
