package io.quarkiverse.hume.deployment.spi;

import io.quarkus.builder.item.EmptyBuildItem;

/** The accounts have been started. Consumed by build steps whose recorded code needs the accounts. */
public final class HumeAccountsStartedBuildItem extends EmptyBuildItem {

    private HumeAccountsStartedBuildItem() {
    }
}
