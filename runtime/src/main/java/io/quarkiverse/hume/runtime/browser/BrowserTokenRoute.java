package io.quarkiverse.hume.runtime.browser;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.account.AccountListener.BrowserTokenOutcome;
import io.quarkiverse.hume.runtime.account.CompletionCause;
import io.quarkiverse.hume.runtime.account.HumeLog;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;

/**
 * Gives a user of the application an access token. Never blocks.
 */
final class BrowserTokenRoute implements Handler<RoutingContext> {

    private final TokenGuard guard;
    private final RequestLimit limit;
    private final Duration minValidity;
    private final Function<Duration, CompletionStage<AccessToken>> tokens;
    private final BrowserTokenAnswers answers;
    private final Consumer<BrowserTokenOutcome> listener;

    /**
     * @param tokens a token that lasts at least so long; fails with a {@link HumeAuthenticationException}
     * @param listener told of every answer; must neither block nor throw
     */
    BrowserTokenRoute(TokenGuard guard, RequestLimit limit, Duration minValidity,
            Function<Duration, CompletionStage<AccessToken>> tokens, BrowserTokenAnswers answers,
            Consumer<BrowserTokenOutcome> listener) {
        this.guard = guard;
        this.limit = limit;
        this.minValidity = minValidity;
        this.tokens = tokens;
        this.answers = answers;
        this.listener = listener;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpMethod method = context.request().method();
        if (method.equals(HttpMethod.OPTIONS)) {
            context.next(); // A preflight that the application's CORS settings did not answer gets no permission here.
            return;
        }
        BrowserTokenAnswers.neverStored(context.response());
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.POST)) {
            listener.accept(BrowserTokenOutcome.METHOD_NOT_ALLOWED);
            answers.methodNotAllowed(context.response());
            return;
        }
        Context home = context.vertx().getOrCreateContext();
        guard.admit(context).subscribe().with(user -> home.runOnContext(ignored -> admitted(context, home, user)),
                failure -> home.runOnContext(ignored -> fail(context, failure)));
    }

    private void admitted(RoutingContext context, Context home, SecurityIdentity user) {
        if (over(context)) {
            return;
        }
        limit.admit(caller(context, user)).whenComplete((wait, failure) -> home.runOnContext(ignored -> {
            if (failure != null) {
                fail(context, CompletionCause.of(failure));
            } else if (wait.isZero()) {
                give(context, home);
            } else if (!over(context)) {
                listener.accept(BrowserTokenOutcome.LIMITED);
                answers.tooMany(context.response(), wait);
            }
        }));
    }

    private void give(RoutingContext context, Context home) {
        tokens.apply(minValidity).whenComplete((token, failure) -> home.runOnContext(ignored -> {
            if (failure == null && !over(context)) {
                listener.accept(BrowserTokenOutcome.ISSUED);
                answers.token(context.response(), token);
            } else if (failure != null) {
                fail(context, CompletionCause.of(failure));
            }
        }));
    }

    /** A refusal and what nobody expects are answered as the HTTP layer does everywhere. */
    private void fail(RoutingContext context, Throwable failure) {
        if (over(context)) {
            return;
        }
        if (failure instanceof HumeAuthenticationException) {
            HumeLog.LOG.noBrowserToken(failure.getMessage());
            listener.accept(BrowserTokenOutcome.UNAVAILABLE);
            answers.unavailable(context.response(), (HumeAuthenticationException) failure);
        } else {
            boolean denied = failure instanceof UnauthorizedException || failure instanceof ForbiddenException;
            listener.accept(denied ? BrowserTokenOutcome.DENIED : BrowserTokenOutcome.FAILED);
            context.fail(failure);
        }
    }

    /** Whether the security layer has answered by itself, or the browser has gone. */
    private static boolean over(RoutingContext context) {
        HttpServerResponse response = context.response();
        return response.ended() || response.closed() || context.failed();
    }

    private static Caller caller(RoutingContext context, SecurityIdentity user) {
        if (user != null && !user.isAnonymous()) {
            return Caller.user(user.getPrincipal().getName());
        }
        SocketAddress address = context.request().remoteAddress();
        if (address == null) {
            return Caller.address(null);
        }
        // What a trusted proxy forwards is not resolved, and then it is the host.
        return Caller.address(address.hostAddress() == null ? address.host() : address.hostAddress());
    }
}
