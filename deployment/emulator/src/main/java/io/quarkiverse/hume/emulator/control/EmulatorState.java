package io.quarkiverse.hume.emulator.control;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.quarkiverse.hume.emulator.cloud.CloudPlatform;
import io.quarkiverse.hume.emulator.credential.EmulatorAccounts;
import io.quarkiverse.hume.emulator.credential.TokenEndpoint;
import io.quarkiverse.hume.emulator.credential.TokenLedger;
import io.quarkiverse.hume.emulator.credential.TokenSettings;
import io.quarkiverse.hume.emulator.fault.FaultSwitch;
import io.quarkiverse.hume.emulator.fault.RequestLimit;
import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.BoundedHistory;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RouteTable;
import io.quarkiverse.hume.emulator.socket.OpenSockets;
import io.quarkiverse.hume.emulator.socket.SocketSession;
import io.quarkiverse.hume.emulator.voice.VoicePlatform;
import io.vertx.core.json.JsonObject;

/**
 * What the emulator serves, and everything it remembers between two requests. Every part is safe to use from several threads.
 */
public final class EmulatorState {

    private static final int REMEMBERED_REQUESTS = 10_000;

    public final InstantSource clock;
    public final EmulatorAccounts accounts;
    public final TokenLedger tokens;
    public final AtomicReference<TokenSettings> tokenSettings = new AtomicReference<>(TokenSettings.INITIAL);
    public final FaultSwitch tokenFault = new FaultSwitch();
    public final FaultSwitch apiFault = new FaultSwitch();
    public final RequestLimit requestLimit;
    public final BoundedHistory<RecordedRequest> requests = new BoundedHistory<>(REMEMBERED_REQUESTS);
    public final OpenSockets sockets = new OpenSockets();
    public final RouteTable<Function<ReceivedRequest, Answer>> endpoints = new RouteTable<>();
    public final RouteTable<Function<ReceivedRequest, SocketSession>> socketEndpoints = new RouteTable<>();
    private final List<List<String>> served = new ArrayList<>();
    final VoicePlatform voice;
    final CloudPlatform cloud;

    public EmulatorState(InstantSource clock, Collection<String> accountNames) {
        this.clock = clock;
        this.requestLimit = new RequestLimit(clock);
        this.accounts = new EmulatorAccounts(clock, accountNames);
        this.tokens = new TokenLedger(clock, accounts);
        this.voice = new VoicePlatform(clock);
        this.cloud = new CloudPlatform(clock);
        voice.register(endpoints, socketEndpoints);
        cloud.register(endpoints, socketEndpoints);
        served.add(List.of("POST", TokenEndpoint.PATH, "an access token for a pair of keys"));
        endpoints.routes().forEach(route -> served.add(List.of(route.method(), route.template(), route.purpose())));
        Answer upgradeRequired = Answer.json(426, new JsonObject().put("message", "This endpoint is a WebSocket"))
                .with("Upgrade", "websocket").with("Connection", "Upgrade");
        socketEndpoints.routes().forEach(route -> {
            served.add(List.of("WebSocket", route.template(), route.purpose()));
            endpoints.add("GET", route.template(), route.purpose(), request -> upgradeRequired);
        });
    }

    /** Method or "WebSocket", path, and what it does. */
    public List<List<String>> served() {
        return List.copyOf(served);
    }

    /** Back to how it started; accounts that were added since stay, with their first keys. */
    public void reset() {
        accounts.reset();
        tokens.forget();
        resetAllButTokens();
    }

    /** The same, and the tokens that have not expired are good again: the application that has them need not notice. */
    void resetKeepingTokens() {
        accounts.restoreFirstKeys();
        tokens.restore();
        resetAllButTokens();
    }

    private void resetAllButTokens() {
        tokenFault.clear();
        apiFault.clear();
        requestLimit.clear();
        tokenSettings.set(TokenSettings.INITIAL);
        sockets.discardAll();
        voice.forget();
        cloud.forget();
        requests.restart();
    }
}
