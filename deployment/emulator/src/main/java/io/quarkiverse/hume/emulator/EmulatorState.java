package io.quarkiverse.hume.emulator;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.cloud.DecisionEndpoints;
import io.quarkiverse.hume.emulator.cloud.ExpressionEndpoints;
import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.BoundedHistory;
import io.quarkiverse.hume.emulator.http.OpenSockets;
import io.quarkiverse.hume.emulator.http.RouteTable;
import io.quarkiverse.hume.emulator.http.SocketSession;
import io.quarkiverse.hume.emulator.voice.VoicePlatform;
import io.vertx.core.json.JsonObject;

/** What the emulator serves, and all that it remembers between two requests. Every part is thread-safe. */
final class EmulatorState {

    private static final int REMEMBERED_REQUESTS = 10_000;

    final InstantSource clock;
    final EmulatorAccounts accounts;
    final AtomicReference<TokenEndpoint> tokenEndpoint = new AtomicReference<>(TokenEndpoint.INITIAL);
    final FaultSwitch tokenFault = new FaultSwitch();
    final FaultSwitch apiFault = new FaultSwitch();
    final AtomicReference<RequestLimit> requestLimit = new AtomicReference<>();
    final BoundedHistory<RecordedRequest> requests = new BoundedHistory<>(REMEMBERED_REQUESTS);
    final OpenSockets sockets = new OpenSockets();
    final RouteTable<Answer> endpoints = new RouteTable<>();
    final RouteTable<SocketSession> socketEndpoints = new RouteTable<>();
    private final List<List<String>> served;
    final VoicePlatform voice;
    final DecisionEndpoints decisions;
    final ExpressionEndpoints expression;

    EmulatorState(InstantSource clock, Collection<String> accountNames) {
        this.clock = clock;
        this.accounts = new EmulatorAccounts(clock, accountNames);
        this.voice = new VoicePlatform(clock);
        this.decisions = new DecisionEndpoints(clock);
        this.expression = new ExpressionEndpoints(clock);
        voice.register(endpoints, socketEndpoints);
        decisions.register(endpoints);
        expression.register(endpoints, socketEndpoints);
        this.served = Stream.of(Stream.of(List.of("POST", TokenEndpoint.PATH, "issues an access token for a pair of keys")),
                endpoints.routes().stream().map(route -> List.of(route.method(), route.template(), route.purpose())),
                socketEndpoints.routes().stream().map(route -> List.of("WebSocket", route.template(), route.purpose())))
                .flatMap(Function.identity()).toList();
        Answer upgradeRequired = Answer.json(426, JsonObject.of("message", "This endpoint is a WebSocket"))
                .with("Upgrade", "websocket").with("Connection", "Upgrade");
        socketEndpoints.routes().forEach(
                route -> endpoints.add("GET", route.template(), route.purpose(), request -> upgradeRequired));
    }

    /** Method or "WebSocket", path, and what it does. */
    List<List<String>> served() {
        return served;
    }

    /** As after the start, with the accounts that were added since. For their tokens, see {@link EmulatorAccounts#reset}. */
    public void reset(boolean keepTokens) {
        accounts.reset(keepTokens);
        tokenFault.set(null);
        apiFault.set(null);
        requestLimit.set(null);
        tokenEndpoint.set(TokenEndpoint.INITIAL);
        sockets.closeAll(true);
        voice.forget();
        decisions.runs().forget();
        expression.runs().forget();
        requests.restart();
    }
}
