package io.quarkiverse.hume.deployment.spi;

import java.util.Map;

import io.quarkus.builder.item.SimpleBuildItem;

/** The strategy of every account that the build knows, and what follows from them all. */
public final class HumePlanBuildItem extends SimpleBuildItem {

    private final Map<String, StrategyDecision> decisions;
    private final boolean tokens;

    public HumePlanBuildItem(Map<String, StrategyDecision> decisions, boolean tokens) {
        this.decisions = Map.copyOf(decisions);
        this.tokens = tokens;
    }

    /** By account; the default account is always among them. */
    public Map<String, StrategyDecision> decisions() {
        return decisions;
    }

    /** Whether the application gets the token client, the refresher and {@code HumeTokens} beans. */
    public boolean tokens() {
        return tokens;
    }
}
