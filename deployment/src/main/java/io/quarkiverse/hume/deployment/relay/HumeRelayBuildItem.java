package io.quarkiverse.hume.deployment.relay;

import io.quarkiverse.hume.runtime.relay.RelayPlan;
import io.quarkus.builder.item.SimpleBuildItem;

/** The application has a relay for browsers, and all its conditions are met. */
public final class HumeRelayBuildItem extends SimpleBuildItem {

    private final RelayPlan plan;

    HumeRelayBuildItem(RelayPlan plan) {
        this.plan = plan;
    }

    public RelayPlan plan() {
        return plan;
    }
}
