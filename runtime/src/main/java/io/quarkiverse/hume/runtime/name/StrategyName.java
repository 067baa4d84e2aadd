package io.quarkiverse.hume.runtime.name;

import java.util.Locale;

import io.quarkiverse.hume.HumeStrategy;

/** The names of the strategies in messages and in the configuration. */
public final class StrategyName {

    private StrategyName() {
    }

    /** The name of a strategy, such as {@code api-key}. */
    public static String of(HumeStrategy strategy) {
        return strategy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The property with which an account has this strategy, and the value, as the reason for a configured strategy. */
    public static String setting(String account, HumeStrategy strategy) {
        return AccountName.property(account, "strategy") + "=" + of(strategy);
    }
}
