package io.quarkiverse.hume.emulator;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import io.quarkiverse.hume.emulator.platform.Answer;
import io.quarkiverse.hume.emulator.platform.ReceivedRequest;
import io.quarkiverse.hume.emulator.platform.RejectedRequest;
import io.quarkiverse.hume.emulator.platform.RouteTable;
import io.quarkiverse.hume.emulator.platform.SocketSession;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;

/**
 * A request and its answer. All methods run on the event loop of the connection. A request for Hume is recorded, then faults
 * are applied, then the credential is checked, then the endpoint is called. A socket's credential is checked at the handshake.
 */
final class Exchange {

    /** In bytes. */
    static final int LARGEST_BODY = 32 << 20;

    private static final Logger LOG = Logger.getLogger(Exchange.class);
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final Answer TOO_LARGE = Answer.json(413,
            JsonObject.of("message", "The body is larger than " + LARGEST_BODY + " bytes"));
    private static final Buffer FILLER = Buffer.buffer("x".repeat(64 << 10));

    private final Vertx vertx;
    private final ControlPlane controlPlane;
    /** The state when the request arrived, also if there is a reset before it is answered. */
    private final EmulatorState state;
    private final HttpServerRequest incoming;
    /** Null unless the request is for Hume. */
    private PresentedCredential credential;
    private RecordedRequest entry;

    Exchange(Vertx vertx, ControlPlane controlPlane, HttpServerRequest incoming) {
        this.vertx = vertx;
        this.controlPlane = controlPlane;
        this.state = controlPlane.state();
        this.incoming = incoming;
    }

    void handle() {
        ReceivedRequest request = new ReceivedRequest(incoming.method().name(), incoming.path(), incoming.query(),
                incoming.headers(), Buffer.buffer(), null, List.of());
        boolean control = request.below(ControlPlane.PREFIX);
        Optional<Answer> rejection = LocalAccess.rejection(incoming, control);
        if (rejection.isPresent()) {
            send(rejection.get());
        } else if (!control && incoming.method() == HttpMethod.GET
                && incoming.headers().contains(HttpHeaders.UPGRADE, "websocket", true)) {
            // Resumed after the handshake: a request that has been read to its end cannot be upgraded.
            incoming.pause();
            handshake(request);
        } else {
            receive(request, control);
        }
    }

    private void receive(ReceivedRequest request, boolean control) {
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
                        .onSuccess(this::send);
            } else {
                dispatch(complete, size.get());
            }
        });
    }

    private void dispatch(ReceivedRequest request, long bodySize) {
        record(request, PresentedCredential.of(request, state.accounts), bodySize);
        if (bodySize > LARGEST_BODY) {
            send(TOO_LARGE);
        } else if (request.path().equals(TokenEndpoint.PATH)) {
            fail(state.tokenFault, false,
                    () -> after(state.tokenEndpoint.get().latencyMillis(), () -> send(state.answer(request))));
        } else {
            admit(request, admitted -> work(() -> state.answer(admitted), this::send));
        }
    }

    private void handshake(ReceivedRequest request) {
        record(request, PresentedCredential.ofHandshake(request, state.accounts), 0);
        admit(request, admitted -> state.socketEndpoints.find(RouteTable.SOCKET, admitted).ifPresentOrElse(
                session -> work(session::get, this::open), () -> work(() -> state.answer(admitted), this::send)));
    }

    private void open(SocketSession session) {
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

    private void record(ReceivedRequest request, PresentedCredential presented, long bodySize) {
        credential = presented;
        entry = state.requests.add(number -> new RecordedRequest(number, request, presented, state.clock.instant(), bodySize));
    }

    private void admit(ReceivedRequest request, Consumer<ReceivedRequest> admitted) {
        String account = credential.account();
        fail(state.apiFault, false, () -> {
            Optional<Answer> rejection = credential.rejection(request);
            RequestLimit limit = state.requestLimit.get();
            if (rejection.isPresent()) {
                send(rejection.get());
            } else if (limit != null && !limit.admits(account, state.clock.instant())) {
                send(RequestLimit.EXCEEDED);
            } else {
                fail(state.apiFault, true, () -> admitted.accept(request.acceptedFor(account)));
            }
        });
    }

    private <T> void work(Callable<T> work, Consumer<T> completion) {
        // On a worker thread, because speech takes time to create and to measure, which would delay other requests.
        vertx.executeBlocking(work, false).onSuccess(completion::accept).onFailure(failure -> {
            if (failure instanceof RejectedRequest rejected) {
                send(rejected.answer());
            } else {
                LOG.errorf(failure, "The Hume emulator failed to answer %s %s", incoming.method(), incoming.path());
                send(Answer.json(500, JsonObject.of("message", "The emulator failed, see its log")));
            }
        });
    }

    /** Applies the fault, after its delay. If there is none, or if it is a delay only, runs {@code otherwise}. */
    private void fail(Fault.Switch faults, boolean authenticated, Runnable otherwise) {
        faults.faultFor(credential.account(), entry.path(), authenticated).ifPresentOrElse(
                fault -> after(fault.delayMillis(), () -> {
                    switch (fault.effect()) {
                        case ANSWER ->
                            fault.fillerBytes().ifPresentOrElse(size -> sendFiller(fault, size), () -> send(fault.answer()));
                        case HANG -> faults.keepOpen(incoming.connection(), fault);
                        case RESET -> incoming.connection().close();
                        case DELAY -> otherwise.run();
                    }
                }), otherwise);
    }

    private void after(long delayMillis, Runnable action) {
        if (delayMillis == 0) {
            action.run();
        } else {
            vertx.setTimer(delayMillis, timer -> action.run());
        }
    }

    private void send(Answer answer) {
        begin(answer).ifPresent(response -> response.end(answer.body()));
    }

    private void sendFiller(Fault fault, long size) {
        begin(fault.answer().with("Content-Length", Long.toString(size))).ifPresent(response -> fill(response, size));
    }

    /** Writes each part when the client has received the previous one. */
    private static void fill(HttpServerResponse response, long left) {
        int chunk = (int) Math.min(left, FILLER.length());
        if (chunk == left) {
            response.end(FILLER.slice(0, chunk));
        } else {
            response.write(FILLER).onSuccess(written -> fill(response, left - chunk));
        }
    }

    /** Empty if the client has left. */
    private Optional<HttpServerResponse> begin(Answer answer) {
        HttpServerResponse response = incoming.response();
        if (response.closed() || response.ended()) {
            return Optional.empty();
        }
        // Set before the answer is sent: a client that has the answer must find its status in the record.
        if (entry != null) {
            entry.answered(answer.status());
        }
        response.exceptionHandler(clientLeft -> {
        });
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        return Optional.of(response);
    }
}
