package io.quarkiverse.hume.test;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.vertx.core.json.JsonObject;

/**
 * A webhook that the emulator sends. It is signed with the API key of the default account, unless another key or account is
 * specified. Immutable: each method returns a new webhook. Only {@link #sendTo} calls the emulator.
 */
public final class WebhookDelivery {

    private final ControlApi control;
    private final JsonObject json;

    WebhookDelivery(ControlApi control, String event) {
        this(control, new JsonObject().put("event_name", event));
    }

    private WebhookDelivery(ControlApi control, JsonObject json) {
        this.control = control;
        this.json = json;
    }

    /** Signs the webhook with this key. */
    public WebhookDelivery signedWith(String signingKey) {
        return with("signing_key", signingKey);
    }

    /** Signs the webhook with the API key of this account. */
    public WebhookDelivery ofAccount(String account) {
        return with("account", account);
    }

    /** Gives the webhook a wrong signature. */
    public WebhookDelivery corrupt() {
        return with("corrupt", true);
    }

    /**
     * Sets the timestamp to a time before now, or after now if the duration is negative.
     *
     * @param age the duration, of which only the whole seconds are used
     */
    public WebhookDelivery aged(Duration age) {
        return with("timestamp_offset_seconds", -age.toSeconds());
    }

    /** Sends the same delivery with the same timestamp and signature, this number of times, as in a replay. */
    public WebhookDelivery times(int times) {
        return with("times", times);
    }

    /**
     * Sends the webhook, and waits for the responses.
     *
     * @param url the address of the receiver, which must be on the loopback interface
     * @return the status of each response; {@code null} for a delivery without a response
     */
    public List<Integer> sendTo(URI url) {
        return control.post("/webhooks", json.copy().put("url", url.toString())).getJsonArray("statuses").stream()
                .map(Integer.class::cast).toList();
    }

    private WebhookDelivery with(String field, Object value) {
        return new WebhookDelivery(control, json.copy().put(field, value));
    }
}
