package io.quarkiverse.hume.deployment.spi;

import io.quarkus.builder.item.EmptyBuildItem;

/** To be consumed by a step whose recording needs the accounts. */
public final class HumeAccountsStartedBuildItem extends EmptyBuildItem {

    private HumeAccountsStartedBuildItem() {
    }
}
