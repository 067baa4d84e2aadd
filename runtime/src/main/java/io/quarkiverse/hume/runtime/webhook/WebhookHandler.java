package io.quarkiverse.hume.runtime.webhook;

import java.io.ByteArrayInputStream;
import java.util.List;

import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

import io.quarkiverse.hume.runtime.account.AccountListener.WebhookOutcome;
import io.quarkus.arc.Arc;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Stands at the start of the chain of a resource method, before filters and before the body is parsed, and lets genuine
 * webhooks through with their body put back. Does not block.
 */
final class WebhookHandler implements ServerRestHandler {

    /** When the application has switched the limit of HTTP bodies off, since the body is read before anybody is trusted. */
    private static final long DEFAULT_LIMIT = 10L * 1024 * 1024;
    /** Larger bodies are digested on a worker thread. */
    private static final int QUICKLY_DIGESTED = 256 * 1024;

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
            return; // by the locator of this sub-resource
        }
        WebhookVerification verification = Arc.container().instance(WebhookVerifications.class).get().of(account);
        ServerHttpRequest request = context.serverRequest();
        WebhookHeaders headers = WebhookHeaders.of(request.getAllRequestHeaders(WebhookHeaders.SIGNATURE),
                request.getAllRequestHeaders(WebhookHeaders.TIMESTAMP));
        WebhookVerdict early = verification.verifier().examine(headers);
        if (early != WebhookVerdict.ACCEPTED) {
            verification.decided(early);
            context.abortWith(WebhookRefusal.of(early, headers, verification.settings(), resource));
            return;
        }
        long limit = context.getDeployment().getRuntimeConfiguration().limits().maxBodySize().orElse(DEFAULT_LIMIT);
        context.suspend();
        RawBody.read(context, limit, body -> verify(context, verification, headers, body),
                () -> tooLarge(context, limit, verification));
    }

    private void verify(ResteasyReactiveRequestContext context, WebhookVerification verification, WebhookHeaders headers,
            byte[] body) {
        verification.settings().keys().whenComplete((keys, failure) -> {
            if (failure != null) {
                verification.decided(WebhookOutcome.UNVERIFIABLE);
                context.abortWith(WebhookRefusal.unverifiable(failure, verification.settings(), resource));
            } else if (body.length <= QUICKLY_DIGESTED) {
                decide(context, verification, headers, body, keys);
            } else {
                Infrastructure.getDefaultWorkerPool()
                        .execute(() -> decide(context, verification, headers, body, keys));
            }
        });
    }

    private void decide(ResteasyReactiveRequestContext context, WebhookVerification verification, WebhookHeaders headers,
            byte[] body, List<String> keys) {
        try {
            WebhookVerdict verdict = verification.verifier().verify(headers, body, keys);
            verification.decided(verdict);
            if (verdict != WebhookVerdict.ACCEPTED) {
                context.abortWith(WebhookRefusal.of(verdict, headers, verification.settings(), resource));
                return;
            }
        } catch (RuntimeException e) {
            context.resume(e, true);
            return;
        }
        context.setProperty(verified, Boolean.TRUE);
        context.setInputStream(new ByteArrayInputStream(body));
        context.registerCompletionCallback(failure -> {
            if (failure != null || isServerError(context)) {
                verification.verifier().release(headers);
            }
        });
        context.resume();
    }

    private void tooLarge(ResteasyReactiveRequestContext context, long limit, WebhookVerification verification) {
        verification.decided(WebhookOutcome.TOO_LARGE);
        context.abortWith(WebhookRefusal.tooLarge(limit, verification.settings(), resource));
    }

    private static boolean isServerError(ResteasyReactiveRequestContext context) {
        Response response = context.getResponse() == null ? null : context.getResponse().get();
        return response != null && response.getStatusInfo().getFamily() == Response.Status.Family.SERVER_ERROR;
    }
}
