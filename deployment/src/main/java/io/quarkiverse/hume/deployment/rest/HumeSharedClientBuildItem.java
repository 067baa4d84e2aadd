package io.quarkiverse.hume.deployment.rest;

import java.util.Set;

import io.quarkus.builder.item.MultiBuildItem;

/** A REST client without a URL of its own whose calls use several accounts. These must have the same base URL. */
final class HumeSharedClientBuildItem extends MultiBuildItem {

    private final String name;
    private final Set<String> accounts;

    HumeSharedClientBuildItem(String name, Set<String> accounts) {
        this.name = name;
        this.accounts = accounts;
    }

    String name() {
        return name;
    }

    Set<String> accounts() {
        return accounts;
    }
}
