package io.quarkiverse.hume.runtime.webhook;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

/** Two webhooks as Hume signs them. */
enum WebhookVectors {

    ASCII("hume-webhook-demo-key-01", "1760000000",
            "{\"event_name\":\"chat_started\",\"chat_id\":\"c-0001\",\"chat_group_id\":\"g-0001\",\"config_id\":\"cfg-0001\","
                    + "\"start_time\":1760000000000,\"chat_start_type\":\"new_chat_group\"}",
            "c350689c5c7e5f487bb6ae8ecf4a48c92ce7738cd86578e71a20a062287e1fe6"),
    NON_ASCII("s3cr3t-\u00fcn\u00efcode", "1760000200",
            "{\"event_name\":\"chat_ended\",\"chat_id\":\"c-0002\",\"chat_group_id\":\"g-0001\",\"end_time\":1760000123456,"
                    + "\"duration_seconds\":123,\"end_reason\":\"USER_ENDED\",\"note\":\"caf\u00e9 \u2615\"}",
            "493d6be5e6187304c3d87084abcc8fae67bbe115a79f1d7b959f31c913bf7b18");

    /** Its sender gets an answer. */
    static final ReplayMemory.Delivery DELIVERY = () -> false;

    final String key;
    final String timestamp;
    final byte[] body;
    final String signature;

    WebhookVectors(String key, String timestamp, String body, String signature) {
        this.key = key;
        this.timestamp = timestamp;
        this.body = body.getBytes(StandardCharsets.UTF_8);
        this.signature = signature;
    }

    /** All that is checked, in its order. */
    static WebhookOutcome verify(WebhookVerifier verifier, WebhookHeaders headers, byte[] body, List<String> keys) {
        WebhookOutcome early = verifier.examine(headers);
        if (early != WebhookOutcome.ACCEPTED) {
            return early;
        }
        return verifier.isSigned(headers, body, keys) ? verifier.accept(headers, DELIVERY).toCompletableFuture().join()
                : WebhookOutcome.FORGED;
    }

    long seconds() {
        return Long.parseLong(timestamp);
    }

    WebhookHeaders headers() {
        return WebhookHeaders.of(List.of(signature), List.of(timestamp));
    }
}
