package io.quarkiverse.hume.emulator;

import java.util.Map;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** Reads a request whole, records it if it is meant for Hume, and hands it to the plane it belongs to. */
final class RequestDispatcher implements Handler<HttpServerRequest> {

    private final Vertx vertx;
    private final EmulatorState state;
    private final ControlPlane controlPlane;
    private final DataPlane dataPlane;
    private final SocketPlane socketPlane;

    RequestDispatcher(Vertx vertx, EmulatorState state, ControlPlane controlPlane) {
        this.vertx = vertx;
        this.state = state;
        this.controlPlane = controlPlane;
        this.socketPlane = new SocketPlane(vertx, state);
        this.dataPlane = new DataPlane(vertx, state, socketPlane);
    }

    @Override
    public void handle(HttpServerRequest incoming) {
        String path = path(incoming);
        Optional<Answer> refusal = LocalAccess.refusalOfHost(incoming)
                .or(() -> ControlPlane.owns(path) ? LocalAccess.refusalOfPage(incoming) : Optional.empty());
        if (refusal.isPresent()) {
            new Exchange(vertx, incoming, null).send(refusal.get());
            return;
        }
        if (socketPlane.owns(incoming)) {
            socketPlane.handle(incoming);
            return;
        }
        // A failure means that the client left: there is nobody to answer.
        ReceivedBody.of(incoming).onSuccess(body -> dispatch(incoming, body));
    }

    private void dispatch(HttpServerRequest incoming, ReceivedBody body) {
        String path = path(incoming);
        ReceivedRequest request = new ReceivedRequest(incoming.method().name(), path, incoming.query(), incoming.headers(),
                body.content(), null, Map.of());
        if (ControlPlane.owns(path)) {
            Future<Answer> answer = body.tooLarge() ? Future.succeededFuture(tooLarge()) : controlPlane.answer(request);
            answer.map(LocalAccess::protect).onSuccess(new Exchange(vertx, incoming, null)::send);
            return;
        }
        PresentedCredential credential = dataPlane.credential(request);
        RecordedRequest entry = state.requests.add(
                sequence -> new RecordedRequest(sequence, request, credential, state.clock.instant(), body.size()));
        Exchange exchange = new Exchange(vertx, incoming, entry);
        if (body.tooLarge()) {
            exchange.send(tooLarge());
        } else {
            dataPlane.serve(request, credential, exchange);
        }
    }

    private static String path(HttpServerRequest incoming) {
        return Optional.ofNullable(incoming.path()).orElse("/");
    }

    private static Answer tooLarge() {
        return Answer.json(413, new JsonObject().put("message",
                "The body is larger than " + ReceivedBody.LIMIT + " bytes"));
    }
}
