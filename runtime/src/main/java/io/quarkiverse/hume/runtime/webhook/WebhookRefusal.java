package io.quarkiverse.hume.runtime.webhook;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.account.CompletionCause;
import io.quarkiverse.hume.runtime.account.HumeLog;
import io.quarkiverse.hume.runtime.account.WebhookSettings;

/** What is logged and what is answered. The answer does not tell a forger how far the attempt got. */
final class WebhookRefusal {

    private static final MediaType PROBLEM = new MediaType("application", "problem+json");

    private WebhookRefusal() {
    }

    static Response of(WebhookVerdict verdict, WebhookHeaders headers, WebhookSettings settings, String resource) {
        String account = settings.account();
        switch (verdict) {
            case UNSIGNED -> HumeLog.LOG.webhookUnsigned(account, resource);
            case MALFORMED -> HumeLog.LOG.webhookMalformed(account, resource);
            case FORGED -> HumeLog.LOG.webhookForged(account, resource);
            case STALE -> HumeLog.LOG.webhookStale(account, resource, headers.timestamp(), settings.tolerance());
            case FUTURE -> HumeLog.LOG.webhookFromTheFuture(account, resource, headers.timestamp(), settings.clockSkew());
            case REPLAYED -> HumeLog.LOG.webhookReplayed(account, resource);
            case FORGOTTEN -> HumeLog.LOG.webhookForgotten(account, resource, headers.timestamp());
            default -> throw new IllegalArgumentException("Not a refusal: " + verdict);
        }
        if (verdict == WebhookVerdict.MALFORMED) {
            return problem(400, "Bad Request", "The signature headers of the webhook are malformed.").build();
        }
        return problem(401, "Unauthorized", "The webhook could not be verified.")
                .header(HttpHeaders.WWW_AUTHENTICATE, "HumeWebhook").build();
    }

    static Response tooLarge(long limit, WebhookSettings settings, String resource) {
        HumeLog.LOG.webhookTooLarge(settings.account(), resource, limit);
        return problem(413, "Content Too Large", "The webhook is larger than this server accepts.").build();
    }

    /** @param failure has a message without keys if it is one of ours */
    static Response unverifiable(Throwable failure, WebhookSettings settings, String resource) {
        HumeLog.LOG.webhookUnverifiable(settings.account(), resource, reason(failure));
        return problem(503, "Service Unavailable", "Webhooks cannot be verified at the moment.").build();
    }

    private static String reason(Throwable failure) {
        Throwable cause = CompletionCause.of(failure);
        return cause instanceof HumeAuthenticationException ? cause.getMessage()
                : cause.getClass().getName();
    }

    private static Response.ResponseBuilder problem(int status, String title, String detail) {
        return Response.status(status).type(PROBLEM).entity("{\"type\":\"about:blank\",\"title\":\"" + title
                + "\",\"status\":" + status + ",\"detail\":\"" + detail + "\"}");
    }
}
