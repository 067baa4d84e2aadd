package io.quarkiverse.hume.runtime.relay;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.access.Problem;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.event.AccountListener.RelayOutcome;
import io.quarkiverse.hume.runtime.event.AccountListener.Transport;
import io.quarkiverse.hume.runtime.event.RejectedCalls;
import io.quarkiverse.hume.runtime.limit.CallLimit;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkiverse.hume.runtime.token.Failures;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;

/**
 * Sends one relayed request to Hume: waits for the limit of requests and for the credential, and sends the request once more
 * after a 401, with another credential, or after a 429. All of it runs on the Vert.x context of the request.
 */
final class UpstreamRequest {

    private final Relay relay;
    private final RelayedCall call;
    private final HttpServerRequest request;
    private final URI address;
    private final RelayedBody body;
    private final Listener listener;
    private final RejectedCalls rejectedCalls;

    /** {@code null} if the account has no limit of requests. */
    private final CallLimit limit;

    private RequestCredential credential;

    /** The latest request to Hume. There may be several, because the call may be sent again. */
    private HttpClientRequest toHume;
    /** Whether the call was sent again after a 429. */
    private boolean sentAgain;
    private boolean answered;
    private boolean stopped;

    /** Notified on the context of the request. */
    interface Listener {

        /** A step on the way to the response was completed. */
        void progressed();

        /**
         * Hume's response can be forwarded. Nothing of its body was read.
         *
         * @param credential the value of the header with which the request was authenticated
         */
        void answered(HttpClientResponse answer, String credential);

        /**
         * There is no response that can be forwarded.
         *
         * @param wait when the browser may send the request again; {@code null} if that is not known
         */
        void failed(RelayOutcome outcome, Problem problem, Duration wait);
    }

    UpstreamRequest(Relay relay, RelayedCall call, RelayedBody body, Listener listener) {
        this.relay = relay;
        this.call = call;
        this.request = call.context().request();
        this.body = body;
        this.listener = listener;
        this.limit = relay.account().limit();
        this.rejectedCalls = new RejectedCalls(relay.listener(), Transport.RELAY);
        this.address = relay.account().trustedHosts().destination(relay.connections().address(call.target()));
    }

    /**
     * Determines the credential and checks that the destination is trusted with it. Must be called before the body is read.
     *
     * @return whether the request may be sent; if not, the listener has been notified
     */
    boolean prepare() {
        try {
            credential = relay.credential();
            HumeAuthenticationException violation = relay.account().trustedHosts().violation(address);
            if (violation != null) {
                throw violation;
            }
            return true;
        } catch (HumeAuthenticationException e) {
            noCredential(e);
            return false;
        }
    }

    /** Whether a request to Hume is in progress. */
    boolean isInProgress() {
        return toHume != null;
    }

    /**
     * Ends the request. The listener is not notified any more.
     *
     * @param reset whether to cancel the exchange with Hume
     */
    void stop(boolean reset) {
        stopped = true;
        if (toHume != null && reset) {
            toHume.reset();
        }
    }

    /** Waits for the limit of requests, which also applies to the account's REST clients, and then for the credential. */
    void send() {
        CompletionStage<Void> permit = limit == null ? CallLimit.GRANTED : limit.permit();
        permit.whenComplete((granted, limited) -> {
            listener.progressed();
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
        if (stopped) {
            return;
        }
        relay.connections().request(request.method(), address).onComplete(opened -> {
            if (opened.failed()) {
                unreachable(opened.cause());
            } else if (stopped) {
                opened.result().reset();
            } else {
                listener.progressed();
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
            if (stopped || outgoing != toHume) {
                return;
            }
            if (answer.failed()) {
                unreachable(answer.cause());
            } else {
                listener.progressed();
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
            listener.failed(RelayOutcome.UNREACHABLE, RelayAnswers.UNUSABLE, null);
        } else {
            answered = true;
            listener.answered(answer, value);
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
            listener.progressed();
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
            listener.failed(RelayOutcome.REJECTED, RelayAnswers.SEND_AGAIN, RelayAnswers.SHORT_WHILE);
        }
    }

    private void rejected() {
        relay.warnings().rejected(relay.account().name(), 401, credential.rejection());
        listener.failed(RelayOutcome.REJECTED, RelayAnswers.REJECTED, null);
    }

    private void limited(Throwable failure) {
        HumeLog.LOG.notRelayed(call.operation(), failure.getMessage());
        listener.failed(RelayOutcome.LIMITED, RelayAnswers.LIMIT_USED_UP, RelayAnswers.waitAfter(failure));
    }

    private void noCredential(Throwable failure) {
        HumeLog.LOG.notRelayed(call.operation(), failure instanceof HumeAuthenticationException known ? known.getMessage()
                : failure.getClass().getName());
        listener.failed(RelayOutcome.NO_CREDENTIAL, RelayAnswers.NO_CREDENTIAL, RelayAnswers.waitAfter(failure));
    }

    private void unreachable(Throwable failure) {
        if (!stopped) {
            // The message is omitted, because it may quote data that was sent.
            HumeLog.LOG.notRelayed(call.operation(), failure.getClass().getName());
            listener.failed(RelayOutcome.UNREACHABLE, RelayAnswers.UNREACHABLE, null);
        }
    }
}
