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
}
