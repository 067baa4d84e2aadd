package io.quarkiverse.hume.deployment.relay;

import io.quarkiverse.hume.runtime.relay.RelayPlan;
import io.quarkus.builder.item.SimpleBuildItem;

/** There is a relay for browsers, and nothing prevents it. */
public final class HumeRelayBuildItem extends SimpleBuildItem {

    private final RelayPlan plan;

    HumeRelayBuildItem(RelayPlan plan) {
        this.plan = plan;
    }

    public RelayPlan plan() {
        return plan;
    }
}
