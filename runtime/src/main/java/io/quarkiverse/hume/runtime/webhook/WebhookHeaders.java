package io.quarkiverse.hume.runtime.webhook;

import java.util.List;
import java.util.regex.Pattern;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

/**
 * The headers of a webhook with the signature and the timestamp.
 * <p>
 * Only strict formats are accepted. The signed text consists of the body, a dot and the timestamp, and only if the timestamp
 * consists of digits, this text can be divided in a single way.
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

    /**
     * @param signatures all values of the header with the signature
     * @param timestamps all values of the header with the timestamp
     */
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

    /**
     * Whether the headers are well-formed. The other methods may be called only if the result is {@link
     * WebhookOutcome#ACCEPTED}.
     */
    WebhookOutcome form() {
        return form;
    }

    String signature() {
        return signature;
    }

    /** The timestamp, which consists of digits only. */
    String timestamp() {
        return timestamp;
    }

    long seconds() {
        return Long.parseLong(timestamp);
    }
}
