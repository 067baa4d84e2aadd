package io.quarkiverse.hume.emulator;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.platform.Answer;
import io.quarkiverse.hume.emulator.platform.BoundedHistory;
import io.quarkiverse.hume.emulator.platform.DecisionEndpoints;
import io.quarkiverse.hume.emulator.platform.ExpressionEndpoints;
import io.quarkiverse.hume.emulator.platform.OpenSockets;
import io.quarkiverse.hume.emulator.platform.ReceivedRequest;
import io.quarkiverse.hume.emulator.platform.RouteTable;
import io.quarkiverse.hume.emulator.platform.RouteTable.Route;
import io.quarkiverse.hume.emulator.platform.SocketSession;
import io.quarkiverse.hume.emulator.platform.VoicePlatform;
import io.vertx.core.json.JsonObject;

/**
 * The endpoints of the emulator, and everything that it stores. A reset replaces the state by a new one with the same
 * accounts. Every part is thread-safe.
 */
final class EmulatorState {

    private static final int REMEMBERED_REQUESTS = 10_000;

    final InstantSource clock;
    final EmulatorAccounts accounts;
    final AtomicReference<TokenEndpoint> tokenEndpoint = new AtomicReference<>(TokenEndpoint.INITIAL);
    final Fault.Switch tokenFault = new Fault.Switch();
    final Fault.Switch apiFault = new Fault.Switch();
    final AtomicReference<RequestLimit> requestLimit = new AtomicReference<>();
    final BoundedHistory<RecordedRequest> requests = new BoundedHistory<>(REMEMBERED_REQUESTS);
    final OpenSockets sockets = new OpenSockets();
    final VoicePlatform voice;
    final DecisionEndpoints decisions;
    final ExpressionEndpoints expression;
    final RouteTable<SocketSession> socketEndpoints = new RouteTable<>();
    /** All endpoints and sockets, for lists of them. */
    final List<Route<?>> served;
    private final RouteTable<Answer> endpoints = new RouteTable<>();

    EmulatorState(InstantSource clock, EmulatorAccounts accounts) {
        this.clock = clock;
        this.accounts = accounts;
        this.voice = new VoicePlatform(clock);
        this.decisions = new DecisionEndpoints(clock);
        this.expression = new ExpressionEndpoints(clock);
        endpoints.add("POST", TokenEndpoint.PATH, "issues an access token for a pair of keys",
                request -> tokenEndpoint.get().answer(request, accounts));
        voice.register(endpoints, socketEndpoints);
        decisions.register(endpoints);
        expression.register(endpoints, socketEndpoints);
        this.served = Stream.<Route<?>> concat(endpoints.routes().stream(), socketEndpoints.routes().stream()).toList();
        Answer upgradeRequired = Answer.json(426, JsonObject.of("message", "This endpoint is a WebSocket"))
                .with("Upgrade", "websocket").with("Connection", "Upgrade");
        socketEndpoints.routes().forEach(
                socket -> endpoints.add("GET", socket.template(), socket.purpose(), request -> upgradeRequired));
    }

    Answer answer(ReceivedRequest request) {
        return endpoints.find(request.method(), request).map(Supplier::get).orElseGet(() -> endpoints.rejection(request));
    }

    /** Closes the open sockets, and the connections that faults keep open. */
    void close() {
        tokenFault.set(null);
        apiFault.set(null);
        sockets.closeAll();
    }
}
