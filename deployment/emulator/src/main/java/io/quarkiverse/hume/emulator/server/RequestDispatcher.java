package io.quarkiverse.hume.emulator.server;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import io.quarkiverse.hume.emulator.control.ControlPlane;
import io.quarkiverse.hume.emulator.control.EmulatorState;
import io.quarkiverse.hume.emulator.control.LocalAccess;
import io.quarkiverse.hume.emulator.control.RecordedRequest;
import io.quarkiverse.hume.emulator.credential.Admission;
import io.quarkiverse.hume.emulator.credential.CredentialReader;
import io.quarkiverse.hume.emulator.credential.PresentedCredential;
import io.quarkiverse.hume.emulator.credential.TokenEndpoint;
import io.quarkiverse.hume.emulator.fault.RequestLimit;
import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.ReceivedBody;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.quarkiverse.hume.emulator.socket.SocketSession;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;

/**
 * Reads a request, records it if it is meant for Hume, and leads it where it belongs. What looks like Hume does it in this
 * order: faults, the credential, the endpoint. What becomes of the credential of a socket after the handshake does not matter.
 */
public final class RequestDispatcher implements Handler<HttpServerRequest> {

    private static final Logger LOG = Logger.getLogger(RequestDispatcher.class);
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Vertx vertx;
    private final EmulatorState state;
    private final ControlPlane controlPlane;
    private final CredentialReader credentials;

    public RequestDispatcher(Vertx vertx, EmulatorState state, ControlPlane controlPlane) {
        this.vertx = vertx;
        this.state = state;
        this.controlPlane = controlPlane;
        this.credentials = new CredentialReader(state.accounts, state.tokens);
    }

    @Override
    public void handle(HttpServerRequest incoming) {
        ReceivedRequest request = new ReceivedRequest(incoming.method().name(),
                Optional.ofNullable(incoming.path()).orElse("/"), incoming.query(), incoming.headers(), Buffer.buffer(), null,
                Map.of());
        boolean control = ControlPlane.owns(request.path());
        Optional<Answer> refusal = LocalAccess.refusalOfHost(incoming)
                .or(() -> control ? LocalAccess.refusalOfPage(incoming) : Optional.empty());
        if (refusal.isPresent()) {
            new Exchange(vertx, incoming, null).send(refusal.get());
        } else if (!control && incoming.method() == HttpMethod.GET
                && incoming.headers().contains(HttpHeaders.UPGRADE, "websocket", true)) {
            // Until it is decided upon: a request that was read to its end cannot become a socket any more.
            incoming.pause();
            handshake(incoming, request);
        } else {
            // A failure means that the client left: there is nobody to answer.
            ReceivedBody.of(incoming).onSuccess(body -> dispatch(incoming, request.with(body.content()), body));
        }
    }

    private void dispatch(HttpServerRequest incoming, ReceivedRequest request, ReceivedBody body) {
        Answer tooLarge = Answer.json(413, new JsonObject().put("message",
                "The body is larger than " + ReceivedBody.LIMIT + " bytes"));
        if (ControlPlane.owns(request.path())) {
            Future<Answer> answer = body.tooLarge() ? Future.succeededFuture(tooLarge) : controlPlane.answer(request);
            answer.map(LocalAccess::protect).onSuccess(new Exchange(vertx, incoming, null)::send);
            return;
        }
        boolean forToken = request.path().equals(TokenEndpoint.PATH);
        PresentedCredential credential = forToken ? credentials.readForToken(request.headers())
                : credentials.read(request.headers());
        Exchange exchange = new Exchange(vertx, incoming, record(request, credential, body.size()));
        if (body.tooLarge()) {
            exchange.send(tooLarge);
        } else if (forToken) {
            exchange.fail(state.tokenFault.strike(credential.account(), request.path(), false),
                    () -> exchange.after(state.tokenSettings.get().latencyMillis(), () -> exchange.send(
                            TokenEndpoint.answer(request, credential, state.tokens, state.tokenSettings.get()))));
        } else {
            admit(request, credential, Admission.refusal(request.path(), credential), exchange,
                    admitted -> work(admitted, exchange));
        }
    }

    private void handshake(HttpServerRequest incoming, ReceivedRequest request) {
        PresentedCredential credential = credentials.readHandshake(request);
        RecordedRequest entry = record(request, credential, 0);
        Exchange exchange = new Exchange(vertx, incoming, entry);
        admit(request, credential, Admission.refusalOfHandshake(request.path(), credential), exchange,
                admitted -> state.socketEndpoints.find(admitted).ifPresentOrElse(found -> {
                    try {
                        open(incoming, credential, entry, found.endpoint().apply(found.request()));
                    } catch (RefusedRequest refused) {
                        exchange.send(refused.answer());
                    }
                }, () -> work(admitted, exchange)));
    }

    private void open(HttpServerRequest incoming, PresentedCredential credential, RecordedRequest entry,
            SocketSession session) {
        Future<ServerWebSocket> accepted = incoming.toWebSocket();
        accepted.onFailure(notAHandshake -> entry.answered(incoming.response().getStatusCode()));
        // Listed and recorded before the client can hear of it.
        state.sockets.add(vertx, new JsonObject().put("path", incoming.path()).put("account", credential.account())
                .put("credential", credential.kind().label()).put("opened_at", state.clock.instant().toString()),
                accepted, session);
        entry.answered(SWITCHING_PROTOCOLS);
        incoming.resume();
    }

    private RecordedRequest record(ReceivedRequest request, PresentedCredential credential, long bodySize) {
        return state.requests.add(
                sequence -> new RecordedRequest(sequence, request, credential, state.clock.instant(), bodySize));
    }

    private void admit(ReceivedRequest request, PresentedCredential credential, Optional<Answer> refusal, Exchange exchange,
            Consumer<ReceivedRequest> admitted) {
        exchange.fail(state.apiFault.strike(credential.account(), request.path(), false), () -> {
            if (refusal.isPresent()) {
                exchange.send(refusal.get());
            } else if (!state.requestLimit.admits(credential.account())) {
                exchange.send(RequestLimit.EXCEEDED);
            } else {
                exchange.fail(state.apiFault.strike(credential.account(), request.path(), true),
                        () -> admitted.accept(request.admittedAs(credential.account())));
            }
        });
    }

    private void work(ReceivedRequest request, Exchange exchange) {
        // Sound takes a while to make and to look at: not on the event loop, where it would delay the other requests.
        vertx.executeBlocking(() -> state.endpoints.find(request)
                .map(found -> found.endpoint().apply(found.request())).orElseGet(() -> state.endpoints.refusal(request)), false)
                .otherwise(failure -> answer(request, failure)).onSuccess(exchange::send);
    }

    private static Answer answer(ReceivedRequest request, Throwable failure) {
        if (failure instanceof RefusedRequest refused) {
            return refused.answer();
        }
        LOG.errorf(failure, "The Hume emulator failed to answer %s %s", request.method(), request.path());
        return Answer.json(500, new JsonObject().put("message", "The emulator failed, see its log"));
    }
}
