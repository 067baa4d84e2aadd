package io.quarkiverse.hume.runtime.browser;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.access.Caller;
import io.quarkiverse.hume.runtime.access.EndpointGuard;
import io.quarkiverse.hume.runtime.access.Problem;
import io.quarkiverse.hume.runtime.event.AccountListener.BrowserTokenOutcome;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkiverse.hume.runtime.token.Failures;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** Handles the requests to the endpoint: returns an access token to each user who is admitted. Never blocks. */
final class BrowserTokenRoute implements Handler<RoutingContext> {

    private final EndpointGuard guard;
    private final Duration minValidity;
    private final Function<Duration, CompletionStage<AccessToken>> tokens;
    private final BrowserTokenAnswers answers;
    private final Consumer<BrowserTokenOutcome> listener;

    /**
     * @param tokens returns a token that is valid for at least the given time; fails with a {@link HumeAuthenticationException}
     * @param listener notified of every response; must neither block nor throw
     */
    BrowserTokenRoute(EndpointGuard guard, Duration minValidity, Function<Duration, CompletionStage<AccessToken>> tokens,
            BrowserTokenAnswers answers, Consumer<BrowserTokenOutcome> listener) {
        this.guard = guard;
        this.minValidity = minValidity;
        this.tokens = tokens;
        this.answers = answers;
        this.listener = listener;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpMethod method = context.request().method();
        if (method.equals(HttpMethod.OPTIONS)) {
            // A preflight request that the application's CORS settings have not answered is not allowed here either.
            context.next();
            return;
        }
        Problem.neverStored(context.response());
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.POST)) {
            listener.accept(BrowserTokenOutcome.METHOD_NOT_ALLOWED);
            answers.methodNotAllowed(context.response());
            return;
        }
        guard.check(context, new Answer(context));
    }

    /** Answers one request after the decision about it. */
    private final class Answer implements EndpointGuard.Decision {

        private final RoutingContext context;

        private Answer(RoutingContext context) {
            this.context = context;
        }

        @Override
        public void admitted(Caller caller) {
            Context home = context.vertx().getOrCreateContext();
            tokens.apply(minValidity).whenComplete((token, failure) -> home.runOnContext(ignored -> {
                if (EndpointGuard.isOver(context)) {
                    return;
                }
                if (failure == null) {
                    listener.accept(BrowserTokenOutcome.ISSUED);
                    answers.token(context.response(), token);
                } else {
                    failed(Failures.cause(failure));
                }
            }));
        }

        @Override
        public void limited(Duration wait) {
            listener.accept(BrowserTokenOutcome.LIMITED);
            answers.tooMany(context.response(), wait);
        }

        /**
         * Passes a rejection or an unexpected error to the HTTP layer, which answers it in the same way as for other endpoints.
         */
        @Override
        public void failed(Throwable failure) {
            if (failure instanceof HumeAuthenticationException unavailable) {
                HumeLog.LOG.noBrowserToken(unavailable.getMessage());
                listener.accept(BrowserTokenOutcome.UNAVAILABLE);
                answers.unavailable(context.response(), unavailable);
            } else {
                boolean denied = failure instanceof UnauthorizedException || failure instanceof ForbiddenException;
                listener.accept(denied ? BrowserTokenOutcome.DENIED : BrowserTokenOutcome.FAILED);
                context.fail(failure);
            }
        }
    }
}
