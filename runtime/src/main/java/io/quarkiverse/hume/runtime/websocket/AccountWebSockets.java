package io.quarkiverse.hume.runtime.websocket;

import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.hume.HumeHandshake;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkiverse.hume.runtime.config.WebSocketRuntimeConfig.Placement;
import io.quarkiverse.hume.runtime.event.AccountListener.Transport;
import io.quarkiverse.hume.runtime.event.RejectedCalls;
import io.quarkiverse.hume.runtime.handshake.Handshakes;
import io.quarkiverse.hume.runtime.transport.WebSocketRoute;
import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.UpgradeRejectedException;

/** Opens the WebSocket connections of one account. */
final class AccountWebSockets implements HumeWebSockets {

    private final Supplier<Handshakes> handshakes;

    /** @param handshakes supplies the handshakes of the account; called for each connection */
    AccountWebSockets(Supplier<Handshakes> handshakes) {
        this.handshakes = handshakes;
    }

    @Override
    public Uni<HumeHandshake> handshake(URI uri) {
        return Uni.createFrom().deferred(() -> handshakes.get().handshake(uri, Placement.AUTO));
    }

    @Override
    public Uni<WebSocketClientConnection> connect(URI uri, Supplier<BasicWebSocketConnector> connector) {
        return Uni.createFrom().deferred(() -> {
            BasicWebSocketConnector first = connector.get();
            OwnCredential own = OwnCredential.takenFrom(first);
            if (!own.headers().isEmpty() || Handshakes.carriesCredential(uri)) {
                return attempt(() -> handshakes.get().own(uri, own.headers()), handshake -> connect(handshake, first));
            }
            AtomicReference<BasicWebSocketConnector> unused = new AtomicReference<>(first);
            return connecting(handshakes, () -> handshake(uri), handshake -> {
                BasicWebSocketConnector next = unused.getAndSet(null);
                if (next == null) {
                    next = connector.get();
                    OwnCredential.takenFrom(next);
                }
                return connect(handshake, next);
            });
        });
    }

    private Uni<WebSocketClientConnection> connect(HumeHandshake handshake, BasicWebSocketConnector connector) {
        URI uri = handshake.uri();
        boolean ownPath = uri.getRawPath() != null && uri.getRawPath().length() > 1;
        connector.baseUri(withoutPath(uri));
        if (ownPath) {
            connector.path(uri.getRawPath());
        } else if (Handshakes.isCredentialInPath(String.valueOf(field(connector, "path")))) {
            return Uni.createFrom().failure(new IllegalArgumentException("The path of a WebSocket connector has a credential in"
                    + " its query. Give it to HumeWebSockets.connect in the query of the address, or remove it"));
        }
        WebSocketRoute transport = new WebSocketRoute(handshakes.get().account().transport());
        boolean ownTls = field(connector, "tlsConfigurationName") != null;
        connector.customizeOptions((options, client) -> {
            // The headers are not set on the connector, because the traffic log prints those.
            handshake.headers().forEach(options::putHeader);
            transport.apply(uri, options, client, name -> {
                if (!ownTls) {
                    connector.tlsConfigurationName(name);
                }
            });
        });
        return connector.connect();
    }

    private static Object field(BasicWebSocketConnector connector, String name) {
        try {
            return ConnectorFields.value(connector, name);
        } catch (ReflectiveOperationException e) {
            // Reported when the headers of the connector were read
            return null;
        }
    }

    /**
     * Returns the base URI without its path. The connector decodes the query of its base URI once before sending it, so percent
     * signs are encoded again. It also appends a slash to the path, so the path is set separately.
     */
    private static URI withoutPath(URI uri) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery().replace("%", "%25");
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + query);
    }

    /** Connects with a handshake, and with a second one if the server rejects the first and another credential is available. */
    static Uni<WebSocketClientConnection> connecting(Supplier<Handshakes> account,
            Supplier<Uni<HumeHandshake>> handshakes, Function<HumeHandshake, Uni<WebSocketClientConnection>> connection) {
        Function<HumeHandshake, Uni<WebSocketClientConnection>> attempt = handshake -> attempt(() -> handshake, connection);
        return Uni.createFrom().deferred(() -> handshakes.get().chain(first -> attempt.apply(first)
                .onFailure(AccountWebSockets::isRejection).recoverWithUni(refusal -> first.rejected(status(refusal))
                        .onItemOrFailure().transformToUni((another, failure) -> {
                            RejectedCalls rejectedCalls = new RejectedCalls(account.get().account().listener(),
                                    Transport.WEBSOCKET);
                            return switch (rejectedCalls.next(Boolean.TRUE.equals(another) ? another : null, failure)) {
                                case RETRY -> again(rejectedCalls, status(refusal), handshakes.get(), attempt);
                                case PASS_ON -> Uni.createFrom().failure(refusal);
                                case FAIL -> Uni.createFrom().failure(failure);
                            };
                        }))))
                .onFailure(AccountWebSockets::isUnauthorized)
                .transform(failure -> explained((UpgradeRejectedException) failure, account.get().rejection()));
    }

    /** Makes one connection attempt. Its failure does not contain the credential. */
    static Uni<WebSocketClientConnection> attempt(Supplier<HumeHandshake> made,
            Function<HumeHandshake, Uni<WebSocketClientConnection>> connection) {
        return Uni.createFrom().deferred(() -> {
            HumeHandshake handshake = made.get();
            return Uni.createFrom().deferred(() -> connection.apply(handshake))
                    .onFailure().transform(failure -> ConnectFailures.withoutCredential(failure, handshake))
                    .invoke(handshake::accepted);
        });
    }

    private static Uni<WebSocketClientConnection> again(RejectedCalls rejectedCalls, int status, Uni<HumeHandshake> handshake,
            Function<HumeHandshake, Uni<WebSocketClientConnection>> attempt) {
        return handshake
                .onFailure().invoke(rejectedCalls::unavailable)
                .chain(second -> attempt.apply(second)
                        .invoke(() -> second.recovered(status))
                        .invoke(rejectedCalls::recovered)
                        .onFailure(AccountWebSockets::isRejection).invoke(rejectedCalls::rejectedAgain));
    }

    /** Whether the server rejected the credential. Hume answers 401, or 403 if the kind of credential is wrong. */
    private static boolean isRejection(Throwable failure) {
        return failure instanceof UpgradeRejectedException && (status(failure) == 401 || status(failure) == 403);
    }

    private static boolean isUnauthorized(Throwable failure) {
        return isRejection(failure) && status(failure) == 401;
    }

    /** Returns the same rejection with a message that also says what to check. */
    private static UpgradeRejectedException explained(UpgradeRejectedException rejection, String advice) {
        UpgradeRejectedException explained = new UpgradeRejectedException(rejection.getMessage() + ". " + advice,
                rejection.getStatus(), rejection.getHeaders(), rejection.getBody());
        explained.initCause(rejection);
        return explained;
    }

    private static int status(Throwable refusal) {
        return ((UpgradeRejectedException) refusal).getStatus();
    }
}
