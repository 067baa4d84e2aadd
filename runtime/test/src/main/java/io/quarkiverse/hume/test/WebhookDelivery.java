package io.quarkiverse.hume.test;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.vertx.core.json.JsonObject;

/** A webhook that the emulator sends, signed with the API key of the default account unless another key is named. */
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

    /** Signed with this key. */
    public WebhookDelivery signedWith(String signingKey) {
        return with("signing_key", signingKey);
    }

    /** Signed with the API key of this account. */
    public WebhookDelivery ofAccount(String account) {
        return with("account", account);
    }

    /** With a signature that is wrong. */
    public WebhookDelivery corrupt() {
        return with("corrupt", true);
    }

    /** With a time that is so much before now, or after it if the duration is negative; in whole seconds. */
    public WebhookDelivery aged(Duration age) {
        return with("timestamp_offset_seconds", -age.toSeconds());
    }

    /** The same delivery so many times, as when Hume repeats it. */
    public WebhookDelivery times(int times) {
        return with("times", times);
    }

    /**
     * Sends it, and waits for the answers.
     *
     * @param url on the loopback interface
     * @return the status of each answer; {@code null} for a delivery that was not answered
     */
    public List<Integer> sendTo(URI url) {
        return control.post("/webhooks", json.copy().put("url", url.toString())).getJsonArray("statuses").stream()
                .map(Integer.class::cast).toList();
    }

    private WebhookDelivery with(String field, Object value) {
        return new WebhookDelivery(control, json.copy().put(field, value));
    }
}
