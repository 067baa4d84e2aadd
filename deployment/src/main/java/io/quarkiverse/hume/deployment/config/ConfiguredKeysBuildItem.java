package io.quarkiverse.hume.deployment.config;

import io.quarkus.builder.item.SimpleBuildItem;

/** The configuration of the accounts in the current build, and the one that a build for production would have. */
public final class ConfiguredKeysBuildItem extends SimpleBuildItem {

    private final ConfiguredKeys current;
    private final ConfiguredKeys production;

    ConfiguredKeysBuildItem(ConfiguredKeys current, ConfiguredKeys production) {
        this.current = current;
        this.production = production;
    }

    public ConfiguredKeys current() {
        return current;
    }

    /** In a build for production, the same as {@link #current()}. */
    public ConfiguredKeys production() {
        return production;
    }

    /** Whether the property has a value in the current build or in a build for production. */
    public boolean isMentioned(String account, String key) {
        return current.isConfigured(account, key) || production.isConfigured(account, key);
    }
}
