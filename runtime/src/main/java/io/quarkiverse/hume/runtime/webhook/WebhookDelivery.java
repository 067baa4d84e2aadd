package io.quarkiverse.hume.runtime.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;

/** One delivery of a webhook. All methods run on the context of the request, unless stated otherwise. */
final class WebhookDelivery implements ReplayMemory.Delivery {

    /**
     * The maximum size of a body whose signature is computed on the event loop; larger bodies are processed on a worker thread.
     */
    private static final int MAX_ON_EVENT_LOOP = 256 * 1024;
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int BUFFER = 8 * 1024;

    private final ResteasyReactiveRequestContext context;
    private final RoutingContext routing;
    private final Context home;
    private final AccountWebhooks webhooks;
    private final WebhookHeaders headers;
    private final String resource;
    private final String verified;
    private final WebhookRejection rejection;
    private final int limit;
    private final PendingBody body;
    private final long arrivedAt;

    /**
     * @param resource the class and method that receive the webhook
     * @param verified the property of the request that marks it as verified
     */
    WebhookDelivery(ResteasyReactiveRequestContext context, AccountWebhooks webhooks, WebhookHeaders headers,
            String resource, String verified) {
        this.context = context;
        this.routing = context.serverRequest().unwrap(RoutingContext.class);
        this.home = routing.vertx().getOrCreateContext();
        this.webhooks = webhooks;
        this.headers = headers;
        this.resource = resource;
        this.verified = verified;
        this.rejection = new WebhookRejection(webhooks, resource);
        this.limit = (int) Math.min(webhooks.settings().maxBodySize(),
                context.getDeployment().getRuntimeConfiguration().limits().maxBodySize().orElse(Long.MAX_VALUE));
        this.body = new PendingBody(limit, webhooks.unverified(), () -> home.runOnContext(ignored -> verify()),
                outcome -> home.runOnContext(ignored -> reject(outcome)));
        this.arrivedAt = webhooks.keys().now();
    }

    /** Reads and verifies the webhook, and continues or answers the request. */
    void receive() {
        if (announcedLength() > limit) {
            close(rejection.tooLarge(limit), GRACE);
            return;
        }
        context.suspend();
        routing.addEndHandler(ended -> body.decide()); // The sender has left, or the request has been answered.
        long timer = routing.vertx().setTimer(webhooks.settings().bodyTimeout().toMillis(), late -> body.late());
        routing.addEndHandler(ended -> routing.vertx().cancelTimer(timer));
        if (routing.body().available()) {
            webhooks.readBefore(resource);
        }
        body.begin();
        ServerHttpRequest request = context.serverRequest();
        if (context.hasInputStream() || request.isRequestEnded()) {
            // The body was read already, or it is available only as a stream, which may block.
            Infrastructure.getDefaultWorkerPool().execute(this::drain);
        } else {
            request.setReadListener(new ServerHttpRequest.ReadCallback() {
                @Override
                public void data(ByteBuffer part) {
                    body.add(part);
                }

                @Override
                public void done() {
                    body.done();
                }
            });
        }
    }

    /** The announced length of the body; -1 if it is not known. The server has rejected values that are not numbers. */
    private long announcedLength() {
        String length = routing.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null || !length.matches("\\d{1,18}") ? -1 : Long.parseLong(length);
    }

    /** Reads the body from the stream. Runs on a worker thread. */
    private void drain() {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream stream = context.getInputStream();
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                if (!body.add(ByteBuffer.wrap(buffer, 0, read))) {
                    return;
                }
            }
            body.done();
        } catch (IOException | RuntimeException e) {
            if (body.decide()) {
                context.resume(e, true);
            }
        }
    }

    private void verify() {
        webhooks.keys().current().whenComplete((keys, failure) -> home.runOnContext(ignored -> {
            if (failure == null) {
                verify(keys);
            } else {
                unverifiable(failure);
            }
        }));
    }

    private void verify(SigningKeys.Keys keys) {
        if (body.isDecided()) {
            return;
        }
        byte[] bytes = body.bytes();
        if (bytes.length <= MAX_ON_EVENT_LOOP) {
            digested(keys, webhooks.verifier().isSigned(headers, bytes, keys.values()));
        } else {
            Infrastructure.getDefaultWorkerPool().execute(() -> {
                boolean signed = webhooks.verifier().isSigned(headers, bytes, keys.values());
                home.runOnContext(ignored -> digested(keys, signed));
            });
        }
    }

    private void digested(SigningKeys.Keys keys, boolean signed) {
        if (!signed) {
            webhooks.keys().newer(keys, arrivedAt)
                    .whenComplete((newer, failure) -> home.runOnContext(ignored -> unsigned(newer, failure)));
        } else if (body.decide()) {
            if (keys.failure() != null) {
                webhooks.unconfirmed(keys.failure());
            }
            CompletableFuture<WebhookOutcome> verdict = webhooks.verifier().accept(headers, this).toCompletableFuture();
            if (verdict.isDone()) {
                decided(verdict.join());
            } else {
                verdict.whenComplete((outcome, failure) -> home.runOnContext(ignored -> decidedLater(outcome, failure)));
            }
        }
    }

    /** Called with the decision if the shared state was read. The sender may have left in the meantime. */
    private void decidedLater(WebhookOutcome outcome, Throwable failure) {
        if (failure != null) {
            context.resume(failure, true);
        } else if (outcome == WebhookOutcome.ACCEPTED && routing.response().closed()) {
            webhooks.verifier().releaseUnanswered(headers, this);
        } else {
            decided(outcome);
        }
    }

    private void decided(WebhookOutcome verdict) {
        if (verdict == WebhookOutcome.ACCEPTED) {
            accepted();
        } else {
            context.abortWith(rejection.of(verdict, headers));
        }
    }

    private void unsigned(Optional<SigningKeys.Keys> newer, Throwable failure) {
        if (failure != null) {
            unverifiable(failure);
        } else if (newer.isPresent()) {
            verify(newer.get());
        } else if (body.decide()) {
            context.abortWith(rejection.of(WebhookOutcome.FORGED, headers));
        }
    }

    private void unverifiable(Throwable failure) {
        if (body.decide()) {
            context.abortWith(rejection.unverifiable(failure));
        }
    }

    private void accepted() {
        webhooks.accepted();
        context.setProperty(verified, Boolean.TRUE);
        context.setInputStream(body.stream());
        // The webhook is released before the sender gets the response, so that a repeated delivery is not rejected.
        routing.addHeadersEndHandler(ignored -> {
            if (isTemporary(routing.response().getStatusCode())) {
                webhooks.verifier().release(headers, this);
            }
        });
        routing.addEndHandler(answered -> {
            if (answered.failed()) {
                webhooks.verifier().releaseUnanswered(headers, this);
            } else {
                webhooks.verifier().answered(headers, this);
            }
        });
        context.registerCompletionCallback(failure -> {
            if (failure != null) {
                webhooks.verifier().release(headers, this);
            }
        });
        context.resume();
    }

    /**
     * Whether the connection was closed before the response was complete. If the application closes the connection, no handler
     * is called.
     */
    @Override
    public boolean isAnswerLost() {
        return routing.response().closed() && !routing.response().ended();
    }

    private void reject(WebhookOutcome outcome) {
        switch (outcome) {
            case TOO_LARGE -> close(rejection.tooLarge(limit), GRACE);
            case TIMED_OUT -> close(rejection.timedOut(), Duration.ZERO);
            case NO_ROOM -> close(rejection.noRoom(), Duration.ZERO);
            default -> throw new IllegalArgumentException("Not a reason to reject a body: " + outcome);
        }
    }

    private void close(Response answer, Duration grace) {
        if (routing.request().isEnded()) {
            context.abortWith(answer);
            return;
        }
        UnreadBody.close(routing, grace);
        context.abortWith(UnreadBody.closesConnection(routing)
                ? Response.fromResponse(answer).header("Connection", "close").build()
                : answer);
    }

    /** Whether this status means that the application has not processed the webhook, but may do so when it is sent again. */
    static boolean isTemporary(int status) {
        return status >= 500 || status == 408 || status == 425 || status == 429;
    }
}
