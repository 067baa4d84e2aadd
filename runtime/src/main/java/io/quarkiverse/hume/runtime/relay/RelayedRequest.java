package io.quarkiverse.hume.runtime.relay;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

import io.quarkiverse.hume.runtime.access.EndpointGuard;
import io.quarkiverse.hume.runtime.access.Problem;
import io.quarkiverse.hume.runtime.event.AccountListener.RelayOutcome;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Streams one request and its response with back-pressure: while one side does not read, the other side is not read. Ends the
 * exchange with the browser, whatever happens on either side. All of it runs on the Vert.x context of the request.
 */
final class RelayedRequest {

    private final Relay relay;
    private final RelayedCall call;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context home;
    private final RelayedBody body;
    private final UpstreamRequest upstream;

    private Consumer<RelayOutcome> span;
    private Inactivity inactivity;

    /** {@code null} if the response does not report billed tokens. */
    private TokenMeter meter;
    private boolean answered;
    private boolean done;

    RelayedRequest(Relay relay, RelayedCall call) {
        this.relay = relay;
        this.call = call;
        this.request = call.context().request();
        this.response = call.context().response();
        this.home = call.context().vertx().getOrCreateContext();
        this.body = new RelayedBody(call, relay.settings().maxBodySize(), relay.warnings(), new BodyListener());
        this.upstream = new UpstreamRequest(relay, call, body, new UpstreamListener());
    }

    void start() {
        span = relay.tracer().started(relay.account().name(), call.operation());
        inactivity = new Inactivity(home, relay.settings().timeout(), this::stalled);
        request.exceptionHandler(left -> abandoned());
        response.exceptionHandler(left -> abandoned());
        response.closeHandler(left -> abandoned());
        if (upstream.prepare()) {
            body.take();
        }
    }

    private final class BodyListener implements RelayedBody.Listener {

        @Override
        public void ready() {
            if (!done) {
                upstream.send();
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

    private final class UpstreamListener implements UpstreamRequest.Listener {

        @Override
        public void progressed() {
            inactivity.seen();
        }

        @Override
        public void answered(HttpClientResponse answer, String credential) {
            pass(answer, credential);
        }

        @Override
        public void failed(RelayOutcome outcome, Problem problem, Duration wait) {
            end(outcome, problem, wait);
        }
    }

    /** @param credential the credential; header values that contain it are not forwarded */
    private void pass(HttpClientResponse answer, String credential) {
        answered = true;
        response.setStatusCode(answer.statusCode());
        RelayedHeaders.toTheBrowser(answer.headers(), response.headers(), credential);
        String length = answer.getHeader("Content-Length");
        if (length != null) {
            response.putHeader("Content-Length", length);
        } else if (answer.statusCode() != 204 && answer.statusCode() != 304 && !request.method().equals(HttpMethod.HEAD)) {
            response.setChunked(true);
        }
        meter = isMetered(answer) ? new TokenMeter() : null;
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

    private void stalled() {
        if (!body.isComplete() && (!upstream.isInProgress() || !body.isRepeatable() && !answered)) {
            end(RelayOutcome.TIMED_OUT, RelayAnswers.REQUEST_STALLED);
        } else if (answered) {
            broken(RelayOutcome.TIMED_OUT);
        } else {
            end(RelayOutcome.TIMED_OUT, RelayAnswers.ANSWER_STALLED);
        }
    }

    /**
     * Ends the exchange after the connection to Hume broke or stalled while the response was forwarded. The response cannot be
     * replaced any more, so it is reset, and the browser reports an error.
     */
    private void broken(RelayOutcome outcome) {
        if (!done) {
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
        upstream.stop(outcome != RelayOutcome.RELAYED || !body.isComplete());
        if (outcome == RelayOutcome.RELAYED && !body.isComplete() && !request.isEnded()) {
            request.resume(); // Hume has answered before the body was complete, so the rest of it is discarded.
        }
        relay.listener().relayed(outcome);
        span.accept(outcome);
        if (meter != null) {
            // Hume has done the work, even if the browser does not read the whole response.
            relay.usage().used(call.caller(), call.operation(), meter.tokens());
        }
    }
}
