package io.quarkiverse.hume.deployment.browser;

import io.quarkiverse.hume.runtime.browser.BrowserTokenPlan;
import io.quarkus.builder.item.SimpleBuildItem;

/** The application has an endpoint that gives tokens to browsers, and all its conditions are met. */
public final class HumeBrowserTokenBuildItem extends SimpleBuildItem {

    private final BrowserTokenPlan plan;

    HumeBrowserTokenBuildItem(BrowserTokenPlan plan) {
        this.plan = plan;
    }

    public BrowserTokenPlan plan() {
        return plan;
    }
}
