package io.quarkiverse.hume.runtime.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

import io.quarkiverse.hume.runtime.account.AccountListener.WebhookOutcome;
import io.quarkus.arc.Arc;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;

/**
 * Comes first in the chain of a resource method, before filters and before the body is parsed, and lets genuine webhooks
 * through with their body put back. Does not block.
 */
final class WebhookHandler implements ServerRestHandler {

    /** Larger bodies are digested on a worker thread. */
    private static final int QUICKLY_DIGESTED = 256 * 1024;
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int BUFFER = 8 * 1024;

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
            context.abortWith(new WebhookRefusal(verification, resource).of(early, headers));
            return;
        }
        new Delivery(context, verification, headers).receive();
    }

    /** One webhook. Runs on the context of its request, except where a method says otherwise. */
    private final class Delivery {

        private final ResteasyReactiveRequestContext context;
        private final RoutingContext routing;
        private final Context home;
        private final WebhookVerification verification;
        private final WebhookHeaders headers;
        private final WebhookRefusal refusal;
        private final int limit;
        private final PendingBody body;
        private final long arrivedAt;

        private Delivery(ResteasyReactiveRequestContext context, WebhookVerification verification, WebhookHeaders headers) {
            this.context = context;
            this.routing = context.serverRequest().unwrap(RoutingContext.class);
            this.home = routing.vertx().getOrCreateContext();
            this.verification = verification;
            this.headers = headers;
            this.refusal = new WebhookRefusal(verification, resource);
            this.limit = (int) Math.min(verification.settings().maxBodySize(),
                    context.getDeployment().getRuntimeConfiguration().limits().maxBodySize().orElse(Long.MAX_VALUE));
            this.body = new PendingBody(limit, verification.unverified(), () -> home.runOnContext(ignored -> verify()),
                    outcome -> home.runOnContext(ignored -> refuse(outcome)));
            this.arrivedAt = verification.keys().now();
        }

        private void receive() {
            if (announcedLength() > limit) {
                close(refusal.tooLarge(limit), GRACE);
                return;
            }
            context.suspend();
            routing.addEndHandler(ended -> body.decide()); // The sender has left, or all is done.
            long timer = routing.vertx().setTimer(verification.settings().bodyTimeout().toMillis(), late -> body.late());
            routing.addEndHandler(ended -> routing.vertx().cancelTimer(timer));
            if (routing.body().available()) {
                verification.readBefore(resource);
            }
            body.begin();
            ServerHttpRequest request = context.serverRequest();
            if (context.hasInputStream() || request.isRequestEnded()) {
                // It was read already, or there is a stream in its place, which may block.
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

        /** -1 if it is not known; what is no number does not get here. */
        private long announcedLength() {
            String length = routing.request().getHeader(HttpHeaders.CONTENT_LENGTH);
            return length == null || !length.matches("\\d{1,18}") ? -1 : Long.parseLong(length);
        }

        /** On a worker thread. */
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
            verification.keys().current().whenComplete((keys, failure) -> home.runOnContext(ignored -> {
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
            if (bytes.length <= QUICKLY_DIGESTED) {
                digested(keys, verification.verifier().isSigned(headers, bytes, keys.values()));
            } else {
                Infrastructure.getDefaultWorkerPool().execute(() -> {
                    boolean signed = verification.verifier().isSigned(headers, bytes, keys.values());
                    home.runOnContext(ignored -> digested(keys, signed));
                });
            }
        }

        private void digested(SigningKeys.Keys keys, boolean signed) {
            if (!signed) {
                verification.keys().newer(keys, arrivedAt)
                        .whenComplete((newer, failure) -> home.runOnContext(ignored -> unsigned(newer, failure)));
            } else if (body.decide()) {
                if (keys.failure() != null) {
                    verification.unconfirmed(keys.failure());
                }
                WebhookVerdict verdict = verification.verifier().accept(headers, this::isAnswerLost);
                if (verdict == WebhookVerdict.ACCEPTED) {
                    accepted();
                } else {
                    context.abortWith(refusal.of(verdict, headers));
                }
            }
        }

        private void unsigned(Optional<SigningKeys.Keys> newer, Throwable failure) {
            if (failure != null) {
                unverifiable(failure);
            } else if (newer.isPresent()) {
                verify(newer.get());
            } else if (body.decide()) {
                context.abortWith(refusal.of(WebhookVerdict.FORGED, headers));
            }
        }

        private void unverifiable(Throwable failure) {
            if (body.decide()) {
                context.abortWith(refusal.unverifiable(failure));
            }
        }

        private void accepted() {
            verification.accepted();
            context.setProperty(verified, Boolean.TRUE);
            context.setInputStream(body.stream());
            // Before the sender sees the answer, so that it cannot come again too early.
            routing.addHeadersEndHandler(ignored -> {
                if (isForNow(routing.response().getStatusCode())) {
                    verification.verifier().release(headers);
                }
            });
            routing.addEndHandler(answered -> {
                if (answered.failed()) {
                    verification.verifier().releaseUnanswered(headers);
                } else {
                    verification.verifier().answered(headers);
                }
            });
            context.registerCompletionCallback(failure -> {
                if (failure != null) {
                    verification.verifier().release(headers);
                }
            });
            context.resume();
        }

        /** Closed by either side before its end; when the application closes it, no handler is called. */
        private boolean isAnswerLost() {
            return routing.response().closed() && !routing.response().ended();
        }

        private void refuse(WebhookOutcome outcome) {
            switch (outcome) {
                case TOO_LARGE -> close(refusal.tooLarge(limit), GRACE);
                case TIMED_OUT -> close(refusal.timedOut(), Duration.ZERO);
                case NO_ROOM -> close(refusal.noRoom(), Duration.ZERO);
                default -> throw new IllegalArgumentException("Not a reason to refuse a body: " + outcome);
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
    }

    /** Whether an application that answers so has not dealt with the webhook, but may when it is sent again. */
    static boolean isForNow(int status) {
        return status >= 500 || status == 408 || status == 425 || status == 429;
    }
}
