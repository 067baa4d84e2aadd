package io.quarkiverse.hume.runtime.name;

import java.util.Locale;

import io.quarkiverse.hume.HumeStrategy;

/** How messages and the configuration write a strategy. */
public final class StrategyName {

    private StrategyName() {
    }

    /** Such as {@code api-key}. */
    public static String of(HumeStrategy strategy) {
        return strategy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
