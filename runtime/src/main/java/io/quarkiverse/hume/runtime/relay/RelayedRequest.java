package io.quarkiverse.hume.runtime.relay;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeRateLimitException;
import io.quarkiverse.hume.runtime.access.EndpointGuard;
import io.quarkiverse.hume.runtime.access.Problem;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.event.AccountListener.RelayOutcome;
import io.quarkiverse.hume.runtime.event.AccountListener.Transport;
import io.quarkiverse.hume.runtime.event.RefusedCalls;
import io.quarkiverse.hume.runtime.limit.CallLimit;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkiverse.hume.runtime.token.Failures;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Streams one request and its response with back-pressure: while one side does not read, the other side is not read. All of it
 * runs on the Vert.x context of the request.
 */
final class RelayedRequest {

    /** A body of at most this size is kept until it is answered, so that it can be sent again. */
    private static final int KEPT = 256 * 1024;

    private static final int UNKNOWN = -1;

    private final Relay relay;
    private final RelayedCall call;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context home;
    private final URI address;
    private final RefusedCalls refusals;
    private final boolean bodyAllowed;

    /** {@code null} without one. */
    private final CallLimit limit;

    private RequestCredential credential;
    private Consumer<RelayOutcome> span;
    private Inactivity inactivity;

    /** {@code null} if there is none, or it is passed on as it comes. */
    private Buffer keptBody;
    private boolean passesBody;
    private long received;
    private boolean bodyComplete;

    /** The latest, since it may be sent twice. */
    private HttpClientRequest toHume;
    /** After a 429. */
    private boolean sentAgain;
    private boolean answered;
    private boolean done;

    RelayedRequest(Relay relay, RelayedCall call) {
        this.relay = relay;
        this.call = call;
        this.request = call.context().request();
        this.response = call.context().response();
        this.home = call.context().vertx().getOrCreateContext();
        this.limit = relay.account().limit();
        this.refusals = new RefusedCalls(relay.listener(), Transport.RELAY);
        this.address = relay.account().trustedHosts().destination(relay.connections().address(call.target()));
        this.bodyAllowed = !request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD);
    }

    void start() {
        span = relay.tracer().started(relay.account().name(), call.operation());
        inactivity = new Inactivity(home, relay.settings().timeout(), this::stalled);
        request.exceptionHandler(left -> abandoned());
        response.exceptionHandler(left -> abandoned());
        response.closeHandler(left -> abandoned());
        try {
            credential = relay.credential();
            HumeAuthenticationException violation = relay.account().trustedHosts().violation(address);
            if (violation != null) {
                throw violation;
            }
        } catch (HumeAuthenticationException e) {
            noCredential(e);
            return;
        }
        takeBody();
    }

    private void takeBody() {
        long length = length();
        if (!bodyAllowed && announcesBody()) {
            end(RelayOutcome.NOT_ALLOWED, RelayAnswers.BODY_NOT_ALLOWED);
        } else if (length > relay.settings().maxBodySize()) {
            tooLarge();
        } else if (request.isEnded()) {
            takeBodyThatWasRead(length);
        } else if (length == 0) {
            discardBody();
            send();
        } else {
            if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
                response.writeContinue();
            }
            if (length != UNKNOWN && length <= KEPT) {
                keepBody((int) length);
            } else {
                passesBody = true;
                send();
            }
        }
    }

    private boolean announcesBody() {
        String length = request.getHeader("Content-Length");
        return length == null ? request.headers().contains("Transfer-Encoding") : Long.parseLong(length.strip()) > 0;
    }

    /** @return 0 if there is no body */
    private long length() {
        if (!bodyAllowed) {
            return 0;
        }
        String length = request.getHeader("Content-Length");
        if (length != null) {
            return Long.parseLong(length.strip()); // The server has rejected other values.
        }
        boolean streams = request.headers().contains("Transfer-Encoding") || request.version().alpnName().equals("h2");
        return streams ? UNKNOWN : 0;
    }

    /** Something before this route has read it. */
    private void takeBodyThatWasRead(long length) {
        Buffer body = call.context().body() == null ? null : call.context().body().buffer();
        bodyComplete = true;
        if (length > 0 && (body == null || body.length() != length)) {
            HumeLog.LOG.relayedBodyGone(call.operation());
            end(RelayOutcome.FAILED, RelayAnswers.BODY_GONE);
        } else {
            keptBody = length == 0 ? null : body;
            send();
        }
    }

    private void discardBody() {
        request.handler(piece -> {
            if (!bodyAllowed && piece.length() > 0) {
                // HTTP/2 does not announce it. Without effect if there is a response already.
                end(RelayOutcome.NOT_ALLOWED, RelayAnswers.BODY_NOT_ALLOWED);
            }
        });
        request.endHandler(end -> bodyComplete = true);
        request.resume();
    }

    private void keepBody(int length) {
        Buffer body = Buffer.buffer(length);
        request.handler(piece -> {
            inactivity.seen();
            body.appendBuffer(piece);
        });
        request.endHandler(end -> {
            bodyComplete = true;
            keptBody = body;
            if (!done) {
                send();
            }
        });
        request.resume();
    }

    /** Waits for the limit of requests, which the account's REST clients share, and then for the credential. */
    private void send() {
        CompletionStage<Void> permit = limit == null ? CallLimit.GRANTED : limit.permit();
        permit.whenComplete((granted, limited) -> {
            inactivity.seen();
            if (limited != null) {
                limited(Failures.cause(limited));
                return;
            }
            credential.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    open(value, false);
                } else {
                    noCredential(Failures.cause(failure));
                }
            });
        });
    }

    private void open(String value, boolean repeated) {
        if (done) {
            return;
        }
        relay.connections().request(request.method(), address).onComplete(opened -> {
            if (opened.failed()) {
                unreachable(opened.cause());
            } else if (done) {
                opened.result().reset();
            } else {
                inactivity.seen();
                send(opened.result(), value, repeated);
            }
        });
    }

    private void send(HttpClientRequest outgoing, String value, boolean repeated) {
        toHume = outgoing;
        RelayedHeaders.toHume(request.headers(), outgoing.headers());
        outgoing.putHeader(credential.headerName(), value);
        outgoing.exceptionHandler(failure -> {
            if (outgoing == toHume && !answered) {
                unreachable(failure);
            }
        });
        outgoing.response().onComplete(answer -> {
            if (done || outgoing != toHume) {
                return;
            }
            if (answer.failed()) {
                unreachable(answer.cause());
            } else {
                inactivity.seen();
                received(answer.result(), value, repeated);
            }
        });
        if (passesBody) {
            passBody(outgoing);
        } else if (keptBody != null) {
            outgoing.end(keptBody);
        } else {
            outgoing.end();
        }
    }

    private void passBody(HttpClientRequest outgoing) {
        long length = length();
        if (length == UNKNOWN) {
            outgoing.setChunked(true);
        } else {
            outgoing.putHeader("Content-Length", Long.toString(length));
        }
        request.handler(piece -> {
            received += piece.length();
            if (!passesBody) {
                return; // It is answered already.
            }
            inactivity.seen();
            if (received > relay.settings().maxBodySize()) {
                tooLarge();
                return;
            }
            outgoing.write(piece);
            if (outgoing.writeQueueFull()) {
                request.pause();
                outgoing.drainHandler(drained -> {
                    inactivity.seen();
                    request.resume();
                });
            }
        });
        request.endHandler(end -> {
            bodyComplete = true;
            if (passesBody) {
                outgoing.end();
            }
        });
        request.resume();
    }

    private void received(HttpClientResponse answer, String value, boolean repeated) {
        int status = answer.statusCode();
        answer.exceptionHandler(reset -> {
            // Of an answer that is not read. Without a handler, Vert.x logs an error.
        });
        if (status == 401) {
            unauthorized(value, repeated);
            return;
        }
        credential.accepted(value);
        if (repeated) {
            credential.recovered(value);
            refusals.recovered();
        }
        if (status == 429 && limit != null && sendsAgain(answer, value, repeated)) {
            return;
        }
        if (status < 200 || status > 299 && status < 400 && status != 304 || status == 407) {
            // A browser would follow a redirect to Hume, or ask its user for a password.
            toHume.reset();
            end(RelayOutcome.UNREACHABLE, RelayAnswers.UNUSABLE);
        } else {
            pass(answer, value);
        }
    }

    /** Hume has not executed the request, because the limit is used up. */
    private boolean sendsAgain(HttpClientResponse answer, String value, boolean repeated) {
        if (sentAgain) {
            limit.refused();
            return false;
        }
        CompletionStage<Void> permit = limit.permitAfterRefusal(answer.getHeader("Retry-After"), !passesBody);
        if (permit == null) {
            return false;
        }
        sentAgain = true;
        HttpClientRequest refused = toHume;
        toHume = null;
        refused.reset();
        permit.whenComplete((granted, failure) -> {
            inactivity.seen();
            if (failure == null) {
                open(value, repeated);
            } else {
                limited(Failures.cause(failure));
            }
        });
        return true;
    }

    private void unauthorized(String value, boolean repeated) {
        HttpClientRequest refused = toHume;
        toHume = null;
        refused.reset();
        if (repeated) {
            refusals.rejectedAgain();
            rejected();
            return;
        }
        credential.rejected(value).whenComplete((other, failure) -> {
            switch (refusals.next(other, failure)) {
                case FAIL -> noCredential(Failures.cause(failure));
                case PASS_ON -> rejected();
                case REPEAT -> repeat(other);
            }
        });
    }

    private void repeat(String other) {
        if (passesBody) {
            refusals.notRepeatable();
            end(RelayOutcome.REJECTED, RelayAnswers.SEND_AGAIN, RelayAnswers.SHORT_WHILE);
        } else {
            open(other, true);
        }
    }

    private void pass(HttpClientResponse answer, String value) {
        answered = true;
        response.setStatusCode(answer.statusCode());
        RelayedHeaders.toTheBrowser(answer.headers(), response.headers(), value);
        String length = answer.getHeader("Content-Length");
        if (length != null) {
            response.putHeader("Content-Length", length);
        } else if (answer.statusCode() != 204 && answer.statusCode() != 304 && !request.method().equals(HttpMethod.HEAD)) {
            response.setChunked(true);
        }
        TokenMeter meter = isMetered(answer) ? new TokenMeter() : null;
        answer.exceptionHandler(broken -> broken(RelayOutcome.UNREACHABLE));
        answer.handler(piece -> {
            inactivity.seen();
            if (meter != null) {
                meter.pass(piece.getBytes());
            }
            response.write(piece);
            if (response.writeQueueFull()) {
                answer.pause();
                response.drainHandler(drained -> {
                    inactivity.seen();
                    answer.resume();
                });
            }
        });
        answer.endHandler(end -> {
            if (done) {
                return;
            }
            finish(RelayOutcome.RELAYED);
            response.end();
            if (meter != null) {
                relay.usage().used(call.caller(), call.operation(), meter.tokens());
            }
        });
    }

    /** Only what asks for something new is billed; to read a past run is not. */
    private boolean isMetered(HttpClientResponse answer) {
        String type = answer.getHeader("Content-Type");
        return request.method().equals(HttpMethod.POST) && answer.statusCode() < 300 && type != null
                && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private void tooLarge() {
        end(RelayOutcome.TOO_LARGE, RelayAnswers.TOO_LARGE);
    }

    private void rejected() {
        relay.warnings().rejected(relay.account().name(), 401, credential.rejection());
        end(RelayOutcome.REJECTED, RelayAnswers.REJECTED);
    }

    private void limited(Throwable failure) {
        HumeLog.LOG.notRelayed(call.operation(), failure.getMessage());
        end(RelayOutcome.LIMITED, RelayAnswers.LIMIT_USED_UP, failure instanceof HumeRateLimitException used
                ? Duration.between(Instant.now(), used.retryAt())
                : RelayAnswers.SHORT_WHILE);
    }

    private void noCredential(Throwable failure) {
        HumeLog.LOG.notRelayed(call.operation(), failure instanceof HumeAuthenticationException known ? known.getMessage()
                : failure.getClass().getName());
        Duration wait = failure instanceof HumeAuthenticationException known
                ? known.retryAt().map(at -> Duration.between(Instant.now(), at)).orElse(RelayAnswers.SHORT_WHILE)
                : RelayAnswers.SHORT_WHILE;
        end(RelayOutcome.NO_CREDENTIAL, RelayAnswers.NO_CREDENTIAL, wait);
    }

    private void unreachable(Throwable failure) {
        if (!done) {
            // Without the message, which may quote what was sent.
            HumeLog.LOG.notRelayed(call.operation(), failure.getClass().getName());
            broken(RelayOutcome.UNREACHABLE);
        }
    }

    private void stalled() {
        if (!bodyComplete && toHume == null || passesBody && !bodyComplete && !answered) {
            end(RelayOutcome.TIMED_OUT, RelayAnswers.REQUEST_STALLED);
        } else if (answered) {
            broken(RelayOutcome.TIMED_OUT);
        } else {
            end(RelayOutcome.TIMED_OUT, RelayAnswers.ANSWER_STALLED);
        }
    }

    /** A response that was partly forwarded cannot be replaced any more, so it ends with an error for the browser. */
    private void broken(RelayOutcome outcome) {
        if (done) {
            return;
        }
        if (!answered) {
            end(outcome, RelayAnswers.UNREACHABLE);
        } else {
            finish(outcome);
            response.reset();
        }
    }

    private void abandoned() {
        if (!done) {
            finish(RelayOutcome.ABANDONED);
        }
    }

    private void end(RelayOutcome outcome, Problem problem) {
        end(outcome, problem, null);
    }

    private void end(RelayOutcome outcome, Problem problem, Duration wait) {
        if (done) {
            return;
        }
        finish(outcome);
        if (EndpointGuard.isOver(call.context())) {
            return;
        }
        if (!bodyComplete && !request.isEnded()) {
            // What still comes is discarded, and the connection is not used again.
            discardBody();
            if (!request.version().alpnName().equals("h2")) {
                response.putHeader("Connection", "close");
            }
        }
        if (wait == null) {
            problem.answer(response);
        } else {
            problem.answer(response, wait);
        }
    }

    /** Once. What is under way to Hume ends, if it has not. */
    private void finish(RelayOutcome outcome) {
        done = true;
        passesBody = false;
        inactivity.stop();
        if (toHume != null && (outcome != RelayOutcome.RELAYED || !bodyComplete)) {
            toHume.reset();
        }
        if (outcome == RelayOutcome.RELAYED && !bodyComplete && !request.isEnded()) {
            request.resume(); // Hume has answered before the body was complete. The rest is discarded.
        }
        relay.listener().relayed(outcome);
        span.accept(outcome);
    }
}
