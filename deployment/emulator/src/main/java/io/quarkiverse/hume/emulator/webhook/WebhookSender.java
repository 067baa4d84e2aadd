package io.quarkiverse.hume.emulator.webhook;

import io.quarkiverse.hume.emulator.http.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Delivers webhooks, one after the other. Redirects are not followed. */
public final class WebhookSender {

    private static final int CONNECT_MILLIS = 5_000;
    private static final long ANSWER_MILLIS = 10_000;

    private final HttpClient client;

    public WebhookSender(Vertx vertx) {
        this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAlive(false));
    }

    /** @return completes after the last delivery, with what was sent and the statuses it met; null for one without an answer */
    public Future<Answer> send(Webhook webhook) {
        JsonObject report = new JsonObject().put("statuses", new JsonArray()).put("body", webhook.body())
                .put("timestamp", webhook.epochSeconds()).put("signature", webhook.signature());
        return deliver(webhook, webhook.times(), report).map(done -> Answer.json(200, report));
    }

    private Future<Void> deliver(Webhook webhook, long times, JsonObject report) {
        if (times == 0) {
            return Future.succeededFuture();
        }
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(webhook.url().toString())
                .setTimeout(ANSWER_MILLIS).putHeader("Content-Type", "application/json")
                .putHeader("X-Hume-AI-Webhook-Timestamp", Long.toString(webhook.epochSeconds()))
                .putHeader("X-Hume-AI-Webhook-Signature", webhook.signature());
        return client.request(options).compose(request -> request.send(webhook.body())).map(HttpClientResponse::statusCode)
                .recover(failure -> {
                    report.put("error", String.valueOf(failure.getMessage()));
                    return Future.succeededFuture(null);
                }).compose(status -> {
                    report.getJsonArray("statuses").add(status);
                    return deliver(webhook, times - 1, report);
                });
    }
}
