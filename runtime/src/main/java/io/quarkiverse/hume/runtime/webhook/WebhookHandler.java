package io.quarkiverse.hume.runtime.webhook;

import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;
import io.quarkus.arc.Arc;

/**
 * Verifies webhooks as the first handler of a resource method, before filters run and before the body is parsed. A genuine
 * webhook continues with its complete body. Does not block.
 */
final class WebhookHandler implements ServerRestHandler {

    private final String account;
    private final String resource;
    private final String verified;

    WebhookHandler(String account, String resource) {
        this.account = account;
        this.resource = resource;
        this.verified = "io.quarkiverse.hume.webhook." + account;
    }

    @Override
    public void handle(ResteasyReactiveRequestContext context) {
        if (context.getProperty(verified) != null) {
            return; // the request was verified at the locator of this sub-resource
        }
        AccountWebhooks webhooks = Arc.container().instance(Webhooks.class).get().of(account);
        ServerHttpRequest request = context.serverRequest();
        WebhookHeaders headers = WebhookHeaders.of(request.getAllRequestHeaders(WebhookHeaders.SIGNATURE),
                request.getAllRequestHeaders(WebhookHeaders.TIMESTAMP));
        WebhookOutcome early = webhooks.verifier().examine(headers);
        if (early != WebhookOutcome.ACCEPTED) {
            context.abortWith(new WebhookRejection(webhooks, resource).of(early, headers));
            return;
        }
        new WebhookDelivery(context, webhooks, headers, resource, verified).receive();
    }
}
