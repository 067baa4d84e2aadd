package io.quarkiverse.hume.deployment.webhook;

import io.quarkus.builder.item.SimpleBuildItem;

/** The scan that the server carries out. Its result is complete after the server has built its endpoints. */
final class WebhookScanBuildItem extends SimpleBuildItem {

    private final WebhookScan scan;

    WebhookScanBuildItem(WebhookScan scan) {
        this.scan = scan;
    }

    WebhookScan scan() {
        return scan;
    }
}
