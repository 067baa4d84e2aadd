package io.quarkiverse.hume.runtime.relay;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.access.EndpointGuard;
import io.quarkiverse.hume.runtime.access.Problem;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.event.AccountListener.RelayOutcome;
import io.quarkiverse.hume.runtime.event.AccountListener.Transport;
import io.quarkiverse.hume.runtime.event.RejectedCalls;
import io.quarkiverse.hume.runtime.limit.CallLimit;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkiverse.hume.runtime.token.Failures;
import io.vertx.core.Context;
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

    private final Relay relay;
    private final RelayedCall call;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context home;
    private final URI address;
    private final RejectedCalls rejectedCalls;
    private final RelayedBody body;

    /** {@code null} if the account has no limit of requests. */
    private final CallLimit limit;

    private RequestCredential credential;
    private Consumer<RelayOutcome> span;
    private Inactivity inactivity;

    /** The latest request to Hume. There may be several, because the call may be sent again. */
    private HttpClientRequest toHume;
    /** Whether the call was sent again after a 429. */
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
        this.rejectedCalls = new RejectedCalls(relay.listener(), Transport.RELAY);
        this.address = relay.account().trustedHosts().destination(relay.connections().address(call.target()));
        this.body = new RelayedBody(call, relay.settings().maxBodySize(), new BodyListener());
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
        body.take();
    }

    private final class BodyListener implements RelayedBody.Listener {

        @Override
        public void ready() {
            if (!done) {
                send();
            }
        }

        @Override
        public void progressed() {
            inactivity.seen();
        }

        @Override
        public void rejected(RelayOutcome outcome, Problem problem) {
            end(outcome, problem);
        }
    }

    /** Waits for the limit of requests, which also applies to the account's REST clients, and then for the credential. */
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
        body.sendTo(outgoing);
    }

    private void received(HttpClientResponse answer, String value, boolean repeated) {
        int status = answer.statusCode();
        answer.exceptionHandler(reset -> {
            // The exception concerns a response that is not read. Without a handler, Vert.x would log an error.
        });
        if (status == 401) {
            unauthorized(value, repeated);
            return;
        }
        credential.accepted(value);
        if (repeated) {
            credential.recovered(value);
            rejectedCalls.recovered();
        }
        if (status == 429 && limit != null && sendsAgain(answer, value, repeated)) {
            return;
        }
        if (status < 200 || status > 299 && status < 400 && status != 304 || status == 407) {
            // Such responses are not forwarded: a browser would follow a redirect to Hume, or ask its user for a password after
            // a 407.
            toHume.reset();
            end(RelayOutcome.UNREACHABLE, RelayAnswers.UNUSABLE);
        } else {
            pass(answer, value);
        }
    }

    /** Sends the request again after a 429, if that is allowed. Hume has not executed a request that it answers with 429. */
    private boolean sendsAgain(HttpClientResponse answer, String value, boolean repeated) {
        if (sentAgain) {
            limit.refused();
            return false;
        }
        CompletionStage<Void> permit = limit.permitAfterRefusal(answer.getHeader("Retry-After"), body.isRepeatable());
        if (permit == null) {
            return false;
        }
        sentAgain = true;
        discardAnswer();
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

    /**
     * Cancels the request whose response is not used. The field is cleared first, so that the exception which the reset causes
     * is ignored.
     */
    private void discardAnswer() {
        HttpClientRequest answeredRequest = toHume;
        toHume = null;
        answeredRequest.reset();
    }

    private void unauthorized(String value, boolean repeated) {
        discardAnswer();
        if (repeated) {
            rejectedCalls.rejectedAgain();
            rejected();
            return;
        }
        credential.rejected(value).whenComplete((other, failure) -> {
            switch (rejectedCalls.next(other, failure)) {
                case FAIL -> noCredential(Failures.cause(failure));
                case PASS_ON -> rejected();
                case RETRY -> repeat(other);
            }
        });
    }

    private void repeat(String other) {
        if (body.isRepeatable()) {
            open(other, true);
        } else {
            rejectedCalls.notRepeatable();
            end(RelayOutcome.REJECTED, RelayAnswers.SEND_AGAIN, RelayAnswers.SHORT_WHILE);
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

    /**
     * Whether the response may report billed tokens. Hume bills only requests that start something new, not those that read an
     * earlier result.
     */
    private boolean isMetered(HttpClientResponse answer) {
        String type = answer.getHeader("Content-Type");
        return request.method().equals(HttpMethod.POST) && answer.statusCode() < 300 && type != null
                && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private void rejected() {
        relay.warnings().rejected(relay.account().name(), 401, credential.rejection());
        end(RelayOutcome.REJECTED, RelayAnswers.REJECTED);
    }

    private void limited(Throwable failure) {
        HumeLog.LOG.notRelayed(call.operation(), failure.getMessage());
        end(RelayOutcome.LIMITED, RelayAnswers.LIMIT_USED_UP, RelayAnswers.waitAfter(failure));
    }

    private void noCredential(Throwable failure) {
        HumeLog.LOG.notRelayed(call.operation(), failure instanceof HumeAuthenticationException known ? known.getMessage()
                : failure.getClass().getName());
        end(RelayOutcome.NO_CREDENTIAL, RelayAnswers.NO_CREDENTIAL, RelayAnswers.waitAfter(failure));
    }

    private void unreachable(Throwable failure) {
        if (!done) {
            // The message is omitted, because it may quote data that was sent.
            HumeLog.LOG.notRelayed(call.operation(), failure.getClass().getName());
            broken(RelayOutcome.UNREACHABLE);
        }
    }

    private void stalled() {
        if (!body.isComplete() && (toHume == null || !body.isRepeatable() && !answered)) {
            end(RelayOutcome.TIMED_OUT, RelayAnswers.REQUEST_STALLED);
        } else if (answered) {
            broken(RelayOutcome.TIMED_OUT);
        } else {
            end(RelayOutcome.TIMED_OUT, RelayAnswers.ANSWER_STALLED);
        }
    }

    /**
     * Ends the exchange after the connection to Hume broke or stalled. If the response was partly forwarded, it cannot be
     * replaced any more, so it is reset, and the browser reports an error.
     */
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
        if (!body.isComplete() && !request.isEnded()) {
            // The rest of the body is discarded, and the connection is not reused.
            body.discard();
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

    /** Called once. Cancels the request to Hume if it has not ended. */
    private void finish(RelayOutcome outcome) {
        done = true;
        body.stop();
        inactivity.stop();
        if (toHume != null && (outcome != RelayOutcome.RELAYED || !body.isComplete())) {
            toHume.reset();
        }
        if (outcome == RelayOutcome.RELAYED && !body.isComplete() && !request.isEnded()) {
            request.resume(); // Hume has answered before the body was complete, so the rest of it is discarded.
        }
        relay.listener().relayed(outcome);
        span.accept(outcome);
    }
}
