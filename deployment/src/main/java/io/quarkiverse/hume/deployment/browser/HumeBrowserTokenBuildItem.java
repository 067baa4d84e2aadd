package io.quarkiverse.hume.deployment.browser;

import io.quarkiverse.hume.runtime.browser.BrowserTokenPlan;
import io.quarkus.builder.item.SimpleBuildItem;

/** There is an endpoint that gives tokens to browsers, and nothing stands against it. */
public final class HumeBrowserTokenBuildItem extends SimpleBuildItem {

    private final BrowserTokenPlan plan;

    HumeBrowserTokenBuildItem(BrowserTokenPlan plan) {
        this.plan = plan;
    }

    public BrowserTokenPlan plan() {
        return plan;
    }
}
