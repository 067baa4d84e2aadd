package io.quarkiverse.hume.deployment.webhook;

import io.quarkus.builder.item.SimpleBuildItem;

/** The scan that the server carries out. Its findings are complete when the server has put its endpoints together. */
final class WebhookScanBuildItem extends SimpleBuildItem {

    private final WebhookScan scan;

    WebhookScanBuildItem(WebhookScan scan) {
        this.scan = scan;
    }

    WebhookScan scan() {
        return scan;
    }
}
