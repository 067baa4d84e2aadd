package io.quarkiverse.hume.emulator;

import java.util.Optional;

import org.jboss.logging.Logger;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** The part that looks like Hume: faults first, then the credential, then the endpoint. */
final class DataPlane {

    private static final Logger LOG = Logger.getLogger(DataPlane.class);

    private final Vertx vertx;
    private final EmulatorState state;
    private final TokenEndpoint tokenEndpoint;
    private final CredentialReader credentials;
    private final RouteTable routes = new RouteTable();

    DataPlane(Vertx vertx, EmulatorState state, SocketPlane sockets) {
        this.vertx = vertx;
        this.state = state;
        this.tokenEndpoint = new TokenEndpoint(state);
        this.credentials = new CredentialReader(state.accounts, state.tokens);
        sockets.register(routes);
        new SpeechEndpoints().register(routes);
        new VoiceLists(state.chats).register(routes);
        new DecisionEndpoints(state.runs).register(routes);
        new ExpressionEndpoints(state.runs).register(routes);
    }

    PresentedCredential credential(ReceivedRequest request) {
        return sellsTokens(request) ? credentials.readForToken(request.headers()) : credentials.read(request.headers());
    }

    void serve(ReceivedRequest request, PresentedCredential credential, Exchange exchange) {
        if (sellsTokens(request)) {
            exchange.fail(state.tokenFault.strike(credential.account(), request.path(), false),
                    () -> exchange.after(state.tokenSettings.get().latencyMillis(),
                            () -> exchange.send(tokenEndpoint.answer(request, credential))));
        } else {
            exchange.fail(state.apiFault.strike(credential.account(), request.path(), false),
                    () -> admit(request, credential, exchange));
        }
    }

    private void admit(ReceivedRequest request, PresentedCredential credential, Exchange exchange) {
        Optional<Answer> refusal = Platform.refusal(request.path(), credential);
        if (refusal.isPresent()) {
            exchange.send(refusal.get());
        } else {
            exchange.fail(state.apiFault.strike(credential.account(), request.path(), true),
                    () -> work(request.admittedAs(credential.account()), exchange));
        }
    }

    private void work(ReceivedRequest request, Exchange exchange) {
        // Sound takes a while to make and to look at: not on the event loop, where it would delay the other requests.
        vertx.executeBlocking(() -> routes.answer(request), false)
                .otherwise(failure -> answer(request, failure))
                .onSuccess(exchange::send);
    }

    private static Answer answer(ReceivedRequest request, Throwable failure) {
        if (failure instanceof RefusedRequest refused) {
            return refused.answer();
        }
        LOG.errorf(failure, "The Hume emulator failed to answer %s %s", request.method(), request.path());
        return Answer.json(500, new JsonObject().put("message", "The emulator failed, see its log"));
    }

    private static boolean sellsTokens(ReceivedRequest request) {
        return request.path().equals(TokenEndpoint.PATH);
    }
}
