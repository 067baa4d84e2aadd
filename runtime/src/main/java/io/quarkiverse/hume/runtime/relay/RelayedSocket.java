package io.quarkiverse.hume.runtime.relay;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeHandshake;
import io.quarkiverse.hume.runtime.access.EndpointGuard;
import io.quarkiverse.hume.runtime.access.Problem;
import io.quarkiverse.hume.runtime.access.SignIn;
import io.quarkiverse.hume.runtime.access.SocketLimit;
import io.quarkiverse.hume.runtime.config.WebSocketRuntimeConfig.Placement;
import io.quarkiverse.hume.runtime.event.AccountListener.RelayOutcome;
import io.quarkiverse.hume.runtime.event.AccountListener.RelaySocketEnd;
import io.quarkiverse.hume.runtime.event.AccountListener.Transport;
import io.quarkiverse.hume.runtime.event.RejectedCalls;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;

/**
 * The handshake of one socket. The socket to Hume is opened first, so that the browser gets an error status instead of a socket
 * if this fails. All of it runs on the Vert.x context of the request.
 */
final class RelayedSocket {

    /**
     * Rejections by Hume that are forwarded to the browser with the same status, because they mean the same for its request.
     */
    private static final int FIRST = 0;
    private static final Set<Integer> PASSED = Set.of(400, 404, 409, 422, 426, 429);

    private final Relay relay;
    private final RelayedCall call;
    private final HttpServerResponse response;
    private final Context home;
    private final URI address;
    private final RejectedCalls rejectedCalls;

    private Consumer<RelayOutcome> span;
    private SocketLimit.Permit permit;
    private boolean done;

    RelayedSocket(Relay relay, RelayedCall call) {
        this.relay = relay;
        this.call = call;
        this.response = call.context().response();
        this.home = call.context().vertx().getOrCreateContext();
        this.rejectedCalls = new RejectedCalls(relay.listener(), Transport.RELAY);
        this.address = relay.connections().address(call.target());
    }

    void start() {
        span = relay.tracer().started(relay.account().name(), call.operation());
        relay.socketLimit().enter(call.caller()).whenComplete((entered, failure) -> home.runOnContext(ignored -> {
            permit = entered;
            if (failure != null) {
                end(RelayOutcome.FAILED, RelayAnswers.NO_CREDENTIAL, RelayAnswers.SHORT_WHILE);
            } else if (permit == null) {
                end(RelayOutcome.LIMITED, RelayAnswers.TOO_MANY_SOCKETS, null);
            } else {
                connect(FIRST);
            }
        }));
    }

    /** @param before the status with which Hume rejected the previous handshake, or {@link #FIRST} */
    private void connect(int before) {
        URI socket = URI.create(address.toString().replaceFirst("^http", "ws"));
        relay.handshakes().handshake(socket, Placement.AUTO).subscribe().with(
                handshake -> connect(handshake, before), this::noCredential);
    }

    private void connect(HumeHandshake handshake, int before) {
        relay.connections().open(handshake).onComplete(opened -> {
            if (opened.succeeded()) {
                if (before == FIRST) {
                    handshake.accepted();
                } else {
                    handshake.recovered(before);
                    rejectedCalls.recovered();
                }
                accept(opened.result());
            } else if (opened.cause() instanceof UpgradeRejectedException rejection) {
                rejected(handshake, rejection, before != FIRST);
            } else {
                // The message is omitted, because it may quote the address with the credential.
                HumeLog.LOG.notRelayed(call.operation(), opened.cause().getClass().getName());
                end(RelayOutcome.UNREACHABLE, RelayAnswers.UNREACHABLE, null);
            }
        });
    }

    private void rejected(HumeHandshake handshake, UpgradeRejectedException rejection, boolean repeated) {
        int status = rejection.getStatus();
        if (status != 401 && status != 403) {
            boolean passed = PASSED.contains(status);
            String wait = rejection.getHeaders() == null ? null : rejection.getHeaders().get("Retry-After");
            if (passed && wait != null) {
                response.putHeader("Retry-After", wait);
            }
            end(passed ? RelayOutcome.RELAYED : RelayOutcome.UNREACHABLE,
                    passed ? new Problem(status, "Rejected by Hume", "Hume rejected the socket with this status.")
                            : RelayAnswers.UNUSABLE,
                    null);
        } else if (repeated) {
            rejectedCalls.rejectedAgain();
            rejected(status);
        } else {
            handshake.rejected(status).subscribe().with(another -> rejected(status, another, null),
                    failure -> rejected(status, false, failure));
        }
    }

    private void rejected(int status, boolean another, Throwable failure) {
        switch (rejectedCalls.next(another ? Boolean.TRUE : null, failure)) {
            case FAIL -> noCredential(failure);
            case PASS_ON -> rejected(status);
            case RETRY -> connect(status);
        }
    }

    private void rejected(int status) {
        relay.warnings().rejected(relay.account().name(), status, relay.credential().rejection());
        end(RelayOutcome.REJECTED, RelayAnswers.REJECTED, null);
    }

    private void noCredential(Throwable failure) {
        HumeLog.LOG.notRelayed(call.operation(), failure instanceof HumeAuthenticationException known ? known.getMessage()
                : failure.getClass().getName());
        end(RelayOutcome.NO_CREDENTIAL, RelayAnswers.NO_CREDENTIAL, RelayAnswers.waitAfter(failure));
    }

    private void accept(WebSocket hume) {
        SocketPair pair = new SocketPair(home, hume, relay.settings(), lifetime(), this::closed);
        if (EndpointGuard.isOver(call.context())) {
            pair.abandon();
            end(RelayOutcome.ABANDONED, null, null);
            return;
        }
        HttpServerRequest request = call.context().request();
        boolean offered = SubProtocols.areOffered(request.headers());
        BrowserHandshake.accept(request).onComplete(accepted -> {
            if (accepted.failed()) {
                pair.abandon();
                // The browser has left, or its handshake was invalid and the server has answered it.
                end(RelayOutcome.ABANDONED, null, null);
                return;
            }
            done = true;
            relay.opened(pair);
            relay.listener().relayed(RelayOutcome.RELAYED);
            span.accept(RelayOutcome.RELAYED);
            if (offered && accepted.result().subProtocol() == null) {
                relay.warnings().unsupportedSubProtocols();
            }
            pair.connect(accepted.result());
        });
        request.resume();
    }

    private SocketPair.Lifetime lifetime() {
        Duration longest = relay.settings().maxSocketDuration();
        Duration signedIn = SignIn.ends(call.context()).map(at -> Duration.between(Instant.now(), at)).orElse(longest);
        return signedIn.compareTo(longest) < 0
                ? new SocketPair.Lifetime(signedIn, "The sign-in of the user has ended.")
                : new SocketPair.Lifetime(longest, "The socket was open for as long as it may be.");
    }

    private void closed(SocketPair pair, RelaySocketEnd end) {
        permit.release();
        relay.closed(pair, end);
    }

    /** @param problem the response; {@code null} if the browser has left or the server has answered */
    private void end(RelayOutcome outcome, Problem problem, Duration wait) {
        if (done) {
            return;
        }
        done = true;
        if (permit != null && problem != null) {
            permit.release(); // Without a problem, the socket pair releases the permit.
        }
        relay.listener().relayed(outcome);
        span.accept(outcome);
        if (problem == null || EndpointGuard.isOver(call.context())) {
            return;
        }
        call.context().request().resume();
        if (wait == null) {
            problem.answer(response);
        } else {
            problem.answer(response, wait);
        }
    }
}
