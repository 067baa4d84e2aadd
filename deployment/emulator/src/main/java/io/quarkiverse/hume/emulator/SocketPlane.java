package io.quarkiverse.hume.emulator;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.hume.emulator.PresentedCredential.Kind;
import io.quarkiverse.hume.emulator.PresentedCredential.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;

/** The sockets. A handshake is judged like any request; what becomes of the credential afterwards does not matter. */
final class SocketPlane {

    /** Of frames and messages: what the clients of Hume's voice platform allow. */
    static final int LARGEST_MESSAGE = 16 << 20;

    private static final int SWITCHING_PROTOCOLS = 101;

    private final Vertx vertx;
    private final EmulatorState state;
    private final CredentialReader credentials;
    private final Map<String, Function<ReceivedRequest, SocketSession>> endpoints;

    SocketPlane(Vertx vertx, EmulatorState state) {
        this.vertx = vertx;
        this.state = state;
        this.credentials = new CredentialReader(state.accounts, state.tokens);
        this.endpoints = Map.of("/v0/evi/chat", request -> new ChatSession(state.chats, request),
                "/v0/tts/stream/input", SpeechSession::new,
                "/v1/expression/audio/realtime", request -> new ExpressionSession(state.runs, request.account()));
    }

    /** A request without the wish for a socket is told that one is needed. */
    void register(RouteTable routes) {
        Answer upgradeRequired = Answer.json(426, new JsonObject().put("message", "Only WebSocket is spoken here"))
                .with("Upgrade", "websocket").with("Connection", "Upgrade");
        endpoints.keySet().forEach(path -> routes.add("GET", path, request -> upgradeRequired));
    }

    boolean owns(HttpServerRequest incoming) {
        return incoming.method() == HttpMethod.GET && incoming.path() != null && endpoints.containsKey(incoming.path())
                && incoming.headers().contains(HttpHeaders.UPGRADE, "websocket", true);
    }

    void handle(HttpServerRequest incoming) {
        // Until it is decided upon: a request that was read to its end cannot become a socket any more.
        incoming.pause();
        ReceivedRequest request = new ReceivedRequest(incoming.method().name(), incoming.path(), incoming.query(),
                incoming.headers(), Buffer.buffer(), null, Map.of());
        PresentedCredential credential = credentials.readHandshake(request);
        RecordedRequest entry = state.requests
                .add(sequence -> new RecordedRequest(sequence, request, credential, state.clock.instant(), 0));
        Exchange exchange = new Exchange(vertx, incoming, entry);
        exchange.fail(state.apiFault.strike(credential.account(), request.path(), false), () -> {
            Optional<Answer> refusal = refusal(request.path(), credential);
            if (refusal.isPresent()) {
                exchange.send(refusal.get());
            } else {
                exchange.fail(state.apiFault.strike(credential.account(), request.path(), true),
                        () -> open(incoming, request, credential, entry));
            }
        });
    }

    private void open(HttpServerRequest incoming, ReceivedRequest request, PresentedCredential credential,
            RecordedRequest entry) {
        Future<ServerWebSocket> accepted = incoming.toWebSocket();
        OpenSocket socket = new OpenSocket(vertx, request.path(), credential, state.clock.instant(), accepted);
        accepted.onSuccess(opened -> socket.serve(opened,
                endpoints.get(request.path()).apply(request.admittedAs(credential.account())),
                () -> state.sockets.remove(socket)));
        accepted.onFailure(notAHandshake -> {
            state.sockets.remove(socket);
            entry.answered(incoming.response().getStatusCode());
        });
        // Listed and recorded before the client can hear of it.
        state.sockets.add(socket);
        entry.answered(SWITCHING_PROTOCOLS);
        incoming.resume();
    }

    private static Optional<Answer> refusal(String path, PresentedCredential credential) {
        boolean mixed = credential.kind() == Kind.SEVERAL || credential.verdict() == Verdict.MISPLACED;
        return mixed && Platform.of(path) == Platform.VOICE ? Optional.of(VoiceErrors.mixedCredentials())
                : Platform.refusal(path, credential);
    }
}
