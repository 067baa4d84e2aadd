package io.quarkiverse.hume.emulator;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RejectedRequest;
import io.quarkiverse.hume.emulator.http.SocketSession;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;

/**
 * Reads a request, records it if it is meant for Hume, and calls what answers it. Requests for Hume pass, in this order:
 * faults, the credential, the endpoint. What becomes of the credential of a socket after the handshake does not matter.
 */
record RequestDispatcher(Vertx vertx, EmulatorState state, ControlPlane controlPlane) {

    /** In bytes. */
    static final int LARGEST_BODY = 32 << 20;

    private static final Logger LOG = Logger.getLogger(RequestDispatcher.class);
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final Answer TOO_LARGE = Answer.json(413,
            JsonObject.of("message", "The body is larger than " + LARGEST_BODY + " bytes"));

    public void handle(HttpServerRequest incoming) {
        ReceivedRequest request = new ReceivedRequest(incoming.method().name(),
                Optional.ofNullable(incoming.path()).orElse("/"), incoming.query(), incoming.headers(), Buffer.buffer(), null,
                List.of());
        boolean control = request.below(ControlPlane.PREFIX);
        Optional<Answer> rejection = LocalAccess.rejectionOfHost(incoming)
                .or(() -> control ? LocalAccess.rejectionOfPage(incoming) : Optional.empty());
        if (rejection.isPresent()) {
            new Exchange(vertx, incoming, null).send(rejection.get());
        } else if (!control && incoming.method() == HttpMethod.GET
                && incoming.headers().contains(HttpHeaders.UPGRADE, "websocket", true)) {
            // Until the handshake is answered: a request that was read to its end cannot become a socket any more.
            incoming.pause();
            handshake(incoming, request);
        } else {
            receive(incoming, request, control);
        }
    }

    private void receive(HttpServerRequest incoming, ReceivedRequest request, boolean control) {
        Buffer body = Buffer.buffer();
        AtomicLong size = new AtomicLong();
        // The rest of a body that is too large is ignored: many clients send everything before they read an answer.
        incoming.handler(chunk -> {
            if (size.addAndGet(chunk.length()) <= LARGEST_BODY) {
                body.appendBuffer(chunk);
            }
        });
        incoming.exceptionHandler(clientLeft -> {
        });
        incoming.endHandler(end -> {
            boolean tooLarge = size.get() > LARGEST_BODY;
            ReceivedRequest complete = tooLarge ? request : request.with(body);
            if (control) {
                (tooLarge ? Future.succeededFuture(TOO_LARGE) : controlPlane.answer(complete)).map(LocalAccess::protect)
                        .onSuccess(new Exchange(vertx, incoming, null)::send);
            } else {
                dispatch(incoming, complete, size.get());
            }
        });
    }

    private void dispatch(HttpServerRequest incoming, ReceivedRequest request, long bodySize) {
        PresentedCredential credential = new CredentialReader(state.accounts).read(request);
        Exchange exchange = new Exchange(vertx, incoming, record(request, credential, bodySize));
        if (bodySize > LARGEST_BODY) {
            exchange.send(TOO_LARGE);
        } else if (request.path().equals(TokenEndpoint.PATH)) {
            exchange.fail(state.tokenFault, credential.account(), false,
                    () -> exchange.after(state.tokenEndpoint.get().latencyMillis(), () -> exchange.send(
                            state.tokenEndpoint.get().answer(request, credential, state.accounts))));
        } else {
            admit(request, credential, credential.rejection(request), exchange, admitted -> work(admitted, exchange));
        }
    }

    private void handshake(HttpServerRequest incoming, ReceivedRequest request) {
        PresentedCredential credential = new CredentialReader(state.accounts).readHandshake(request);
        RecordedRequest entry = record(request, credential, 0);
        Exchange exchange = new Exchange(vertx, incoming, entry);
        admit(request, credential, credential.rejectionOfHandshake(request), exchange,
                admitted -> state.socketEndpoints.find(admitted).ifPresentOrElse(session -> {
                    try {
                        open(incoming, credential, entry, session.get());
                    } catch (RejectedRequest rejected) {
                        exchange.send(rejected.answer());
                    }
                }, () -> work(admitted, exchange)));
    }

    private void open(HttpServerRequest incoming, PresentedCredential credential, RecordedRequest entry,
            SocketSession session) {
        if (incoming.response().closed()) {
            return; // The client has left during a delay, so the record stays without a status.
        }
        Future<ServerWebSocket> accepted = incoming.toWebSocket();
        accepted.onFailure(notAHandshake -> entry.answered(incoming.response().getStatusCode()));
        // Listed and recorded before the client can know that it is open.
        state.sockets.add(vertx, JsonObject.of("path", incoming.path(), "account", credential.account(), "credential",
                credential.kind().label(), "opened_at", state.clock.instant().toString()), accepted, session);
        entry.answered(SWITCHING_PROTOCOLS);
        incoming.resume();
    }

    private RecordedRequest record(ReceivedRequest request, PresentedCredential credential, long bodySize) {
        return state.requests.add(
                sequence -> new RecordedRequest(sequence, request, credential, state.clock.instant(), bodySize));
    }

    private void admit(ReceivedRequest request, PresentedCredential credential, Optional<Answer> rejection, Exchange exchange,
            Consumer<ReceivedRequest> admitted) {
        exchange.fail(state.apiFault, credential.account(), false, () -> {
            RequestLimit limit = state.requestLimit.get();
            if (rejection.isPresent()) {
                exchange.send(rejection.get());
            } else if (limit != null && !limit.admits(credential.account(), state.clock.instant())) {
                exchange.send(RequestLimit.EXCEEDED);
            } else {
                exchange.fail(state.apiFault, credential.account(), true,
                        () -> admitted.accept(request.acceptedFor(credential.account())));
            }
        });
    }

    private void work(ReceivedRequest request, Exchange exchange) {
        // Sound takes a while to make and to measure: not on the event loop, where it would delay the other requests.
        vertx.executeBlocking(() -> state.endpoints.find(request).map(Supplier::get)
                .orElseGet(() -> state.endpoints.rejection(request)), false).otherwise(failure -> {
                    if (failure instanceof RejectedRequest rejected) {
                        return rejected.answer();
                    }
                    LOG.errorf(failure, "The Hume emulator failed to answer %s %s", request.method(), request.path());
                    return Answer.json(500, JsonObject.of("message", "The emulator failed, see its log"));
                }).onSuccess(exchange::send);
    }
}
