package io.quarkiverse.hume.deployment.spi;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.quarkus.builder.item.SimpleBuildItem;

/** The strategy of every account that the build knows, and the features that the application needs for them. */
public final class HumePlanBuildItem extends SimpleBuildItem {

    private final SortedMap<String, StrategyDecision> decisions;
    private final boolean tokens;

    public HumePlanBuildItem(Map<String, StrategyDecision> decisions, boolean tokens) {
        this.decisions = Collections.unmodifiableSortedMap(new TreeMap<>(decisions));
        this.tokens = tokens;
    }

    /** The decisions by account, in alphabetical order. They always include the default account. */
    public Map<String, StrategyDecision> decisions() {
        return decisions;
    }

    /** Whether the application contains the components for access tokens and the {@code HumeTokens} beans. */
    public boolean tokens() {
        return tokens;
    }
}
