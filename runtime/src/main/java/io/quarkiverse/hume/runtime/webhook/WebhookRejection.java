package io.quarkiverse.hume.runtime.webhook;

import java.util.EnumMap;
import java.util.Map;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.access.Problem;
import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkiverse.hume.runtime.token.Failures;

/** Creates the response to a rejected webhook, which states no more than its status, and logs the reason. */
final class WebhookRejection {

    /** The codes of the full messages, to which the messages about further rejections refer. */
    private static final Map<WebhookOutcome, String> CODES = new EnumMap<>(Map.of(WebhookOutcome.UNSIGNED, "HUME0040",
            WebhookOutcome.MALFORMED, "HUME0041", WebhookOutcome.FORGED, "HUME0042", WebhookOutcome.STALE, "HUME0043",
            WebhookOutcome.FUTURE, "HUME0044", WebhookOutcome.REPLAYED, "HUME0045", WebhookOutcome.FORGOTTEN, "HUME0046",
            WebhookOutcome.TOO_LARGE, "HUME0047", WebhookOutcome.UNVERIFIABLE, "HUME0048", WebhookOutcome.TIMED_OUT,
            "HUME0052"));
    static {
        CODES.put(WebhookOutcome.NO_ROOM, "HUME0053");
    }

    private final AccountWebhooks verification;
    private final String resource;

    /** @param resource the class and method that receive the webhook */
    WebhookRejection(AccountWebhooks verification, String resource) {
        this.verification = verification;
        this.resource = resource;
    }

    static RejectionLog.Lines lines(String account) {
        return new RejectionLog.Lines() {
            @Override
            public void another(WebhookOutcome reason, String resource) {
                HumeLog.LOG.webhookRejectedAgain(account, resource, CODES.get(reason));
            }

            @Override
            public void summary(WebhookOutcome reason, int count, String resource) {
                HumeLog.LOG.webhooksRejected(count, account, CODES.get(reason), resource);
            }
        };
    }

    Response of(WebhookOutcome outcome, WebhookHeaders headers) {
        WebhookSettings settings = verification.settings();
        String account = settings.account();
        rejected(outcome, switch (outcome) {
            case UNSIGNED -> () -> HumeLog.LOG.webhookUnsigned(account, resource);
            case MALFORMED -> () -> HumeLog.LOG.webhookMalformed(account, resource);
            case FORGED -> () -> HumeLog.LOG.webhookForged(account, resource);
            case STALE -> () -> HumeLog.LOG.webhookStale(account, resource, headers.timestamp(), settings.tolerance());
            case FUTURE ->
                () -> HumeLog.LOG.webhookFromTheFuture(account, resource, headers.timestamp(), settings.clockSkew());
            case REPLAYED -> () -> HumeLog.LOG.webhookReplayed(account, resource);
            case FORGOTTEN -> () -> HumeLog.LOG.webhookForgotten(account, resource, headers.timestamp());
            default ->
                throw new IllegalArgumentException("Not a rejection because of the headers or the signature: " + outcome);
        });
        if (outcome == WebhookOutcome.MALFORMED) {
            return problem(400, "Bad Request", "The signature headers of the webhook are malformed.").build();
        }
        return problem(401, "Unauthorized", "The webhook could not be verified.")
                .header(HttpHeaders.WWW_AUTHENTICATE, "HumeWebhook").build();
    }

    /** @param limit the maximum size of the body in bytes */
    Response tooLarge(long limit) {
        rejected(WebhookOutcome.TOO_LARGE,
                () -> HumeLog.LOG.webhookTooLarge(verification.settings().account(), resource, limit));
        return problem(413, "Content Too Large", "The webhook is larger than this server accepts.").build();
    }

    Response timedOut() {
        WebhookSettings settings = verification.settings();
        rejected(WebhookOutcome.TIMED_OUT,
                () -> HumeLog.LOG.webhookTimedOut(settings.account(), resource, settings.bodyTimeout()));
        return problem(408, "Request Timeout", "The webhook did not arrive in time.").build();
    }

    Response noRoom() {
        rejected(WebhookOutcome.NO_ROOM, () -> HumeLog.LOG.webhookWithoutRoom(verification.settings().account(), resource,
                verification.unverified().limit()));
        return unavailable(1);
    }

    /** @param failure the failure; only exceptions of the extension are known to have messages without keys */
    Response unverifiable(Throwable failure) {
        rejected(WebhookOutcome.UNVERIFIABLE, () -> HumeLog.LOG.webhookUnverifiable(verification.settings().account(),
                resource, reason(failure)));
        return unavailable(SigningKeys.INTERVAL.toSeconds());
    }

    static String reason(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        return cause instanceof HumeAuthenticationException || cause instanceof SigningKeys.NoAnswerException
                ? cause.getMessage()
                : cause.getClass().getName();
    }

    private void rejected(WebhookOutcome outcome, Runnable line) {
        verification.rejected(outcome, resource, line);
    }

    private static Response unavailable(long retryAfterSeconds) {
        return problem(503, "Service Unavailable", "Webhooks cannot be verified at the moment.")
                .header(HttpHeaders.RETRY_AFTER, retryAfterSeconds).build();
    }

    private static Response.ResponseBuilder problem(int status, String title, String detail) {
        return Response.status(status).type(Problem.MEDIA_TYPE).entity(new Problem(status, title, detail).json());
    }
}
