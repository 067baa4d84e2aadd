package io.quarkiverse.hume.runtime.webhook;

import java.util.List;
import java.util.regex.Pattern;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

/**
 * The two headers that sign a webhook.
 * <p>
 * The forms are strict, because the signed text is the body, a dot and the timestamp: only if the timestamp has nothing but
 * digits, there is one way to divide that text.
 */
final class WebhookHeaders {

    static final String SIGNATURE = "X-Hume-AI-Webhook-Signature";
    static final String TIMESTAMP = "X-Hume-AI-Webhook-Timestamp";

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    private final String signature;
    private final String timestamp;
    private final WebhookOutcome form;

    private WebhookHeaders(String signature, String timestamp, WebhookOutcome form) {
        this.signature = signature;
        this.timestamp = timestamp;
        this.form = form;
    }

    /** @param signatures all values of the header, likewise {@code timestamps} */
    static WebhookHeaders of(List<String> signatures, List<String> timestamps) {
        if (signatures.isEmpty() || timestamps.isEmpty()) {
            return new WebhookHeaders(null, null, WebhookOutcome.UNSIGNED);
        }
        String signature = signatures.get(0);
        String timestamp = timestamps.get(0);
        boolean good = signatures.size() == 1 && timestamps.size() == 1 && HEX.matcher(signature).matches()
                && SECONDS.matcher(timestamp).matches();
        return good ? new WebhookHeaders(signature, timestamp, WebhookOutcome.ACCEPTED)
                : new WebhookHeaders(null, null, WebhookOutcome.MALFORMED);
    }

    /** {@link WebhookOutcome#ACCEPTED} if they are well-formed; only then the others may be asked. */
    WebhookOutcome form() {
        return form;
    }

    String signature() {
        return signature;
    }

    /** Digits only. */
    String timestamp() {
        return timestamp;
    }

    long seconds() {
        return Long.parseLong(timestamp);
    }
}
