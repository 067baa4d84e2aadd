package io.quarkiverse.hume.runtime.account;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Instance;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeTokenSource;
import io.quarkiverse.hume.runtime.config.AccountRuntimeConfig;
import io.quarkiverse.hume.runtime.config.TokenRuntimeConfig;
import io.quarkiverse.hume.runtime.credential.AccountCredentials;
import io.quarkiverse.hume.runtime.endpoint.TokenEndpoint;
import io.quarkiverse.hume.runtime.token.AccountName;
import io.quarkiverse.hume.runtime.token.Backoff;
import io.quarkiverse.hume.runtime.token.RefreshPolicy;
import io.quarkiverse.hume.runtime.token.TokenClock;
import io.quarkiverse.hume.runtime.token.TokenKeeper;
import io.quarkiverse.hume.runtime.token.TokenScheduler;
import io.quarkiverse.hume.runtime.token.TokenSource;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Tokens from the application's {@link HumeTokenSource} or, by default, from Hume's token endpoint. */
public class EndpointTokenSupport implements TokenSupport {

    private final Vertx vertx;
    private final Instance<HumeTokenSource> custom;
    private final ClientRoute route;
    private final TokenRequestTracer tracer;

    public EndpointTokenSupport(Vertx vertx, Instance<HumeTokenSource> custom, ClientRoute route, TokenRequestTracer tracer) {
        this.vertx = vertx;
        this.custom = custom;
        this.route = route;
        this.tracer = tracer;
    }

    @Override
    public TokenKeeper keeper(String account, AccountRuntimeConfig config, AccountCredentials credentials,
            AccountListener listener) {
        TokenRuntimeConfig token = config.token();
        Backoff backoff = new Backoff(token.retry().delay(), token.retry().maxDelay());
        RefreshPolicy policy = new RefreshPolicy(token.refreshBefore(), token.timeout(), backoff,
                token.retry().maxWait());
        HumeTokenSource origin = custom.isResolvable() ? custom.get()
                : new LazyEndpoint(() -> endpoint(account, config, backoff));
        TokenScheduler scheduler = (delay, task) -> {
            long timer = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> task.run());
            return () -> vertx.cancelTimer(timer);
        };
        TokenKeeper keeper = new TokenKeeper(account, source(account, origin, credentials), policy, TokenClock.SYSTEM,
                scheduler,
                () -> ThreadLocalRandom.current().nextDouble(), new LoggingTokenListener(account), listener);
        credentials.whenChanged(keeper::credentialsChanged);
        return keeper;
    }

    private TokenEndpoint endpoint(String account, AccountRuntimeConfig config, Backoff backoff) {
        TokenRuntimeConfig token = config.token();
        String base = config.baseUrl().toString();
        URI address = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + token.path());
        String keys = config.credentialsProvider().isPresent() ? AccountName.property(account, "credentials-provider")
                : AccountName.property(account, "api-key") + " and " + AccountName.property(account, "secret-key");
        return new TokenEndpoint(new TokenEndpoint.Settings(account, keys, address, token.timeout(),
                token.retry().maxRetries(), backoff, token.defaultLifetime(),
                builder -> route.set(TransportSettings.of(config), builder)),
                TokenClock.SYSTEM);
    }

    /** Built with the first request, so that the start does not wait for it, and on a worker: it loads many classes. */
    private static final class LazyEndpoint implements HumeTokenSource {

        private final Supplier<TokenEndpoint> factory;
        private volatile TokenEndpoint built;

        private LazyEndpoint(Supplier<TokenEndpoint> factory) {
            this.factory = factory;
        }

        /** There is one request at a time, so there is one build. */
        @Override
        public Uni<AccessToken> requestToken(String account, HumeCredentials credentials) {
            TokenEndpoint endpoint = built;
            if (endpoint != null) {
                return endpoint.requestToken(credentials);
            }
            return Uni.createFrom().item(() -> built = factory.get())
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                    .chain(first -> first.requestToken(credentials));
        }
    }

    /**
     * Asks for the keys, then for the token; if the keys are rejected, asks for the keys again, and the keeper hears of it if
     * there are others by now: it then repeats the request, as it does when the keys change for another reason. Everything runs
     * on a context of its own: the request is everybody's, and must not carry the request scope or the trace
     * of the caller who happened to start it. Nor may the callers carry those of the request: they go on from where the result
     * is settled, so that is on yet another one.
     */
    private TokenSource source(String account, HumeTokenSource origin, AccountCredentials credentials) {
        AtomicReference<Context> home = new AtomicReference<>();
        return () -> {
            CompletableFuture<AccessToken> result = new CompletableFuture<>();
            home.compareAndSet(null, vertx.getOrCreateContext());
            VertxContext.createNewDuplicatedContext(home.get()).runOnContext(ignored -> {
                Consumer<Throwable> ended = tracer.started(account);
                CompletableFuture<AccessToken> request = tokenFor(account, origin, credentials)
                        .subscribeAsCompletionStage();
                request.whenComplete((token, failure) -> {
                    ended.accept(failure);
                    VertxContext.createNewDuplicatedContext(home.get())
                            .runOnContext(over -> settle(result, token, failure));
                });
                result.whenComplete((token, failure) -> request.cancel(true));
            });
            return result;
        };
    }

    private static void settle(CompletableFuture<AccessToken> result, AccessToken token, Throwable failure) {
        if (failure == null) {
            result.complete(token);
        } else {
            result.completeExceptionally(failure);
        }
    }

    private static Uni<AccessToken> tokenFor(String account, HumeTokenSource origin, AccountCredentials credentials) {
        return Uni.createFrom().completionStage(credentials::get)
                .chain(keys -> origin.requestToken(account, keys)
                        .onFailure(EndpointTokenSupport::isRejection)
                        .call(() -> Uni.createFrom().completionStage(() -> credentials.rejected(keys))
                                .onFailure().recoverWithItem(false)));
    }

    private static boolean isRejection(Throwable failure) {
        return failure instanceof HumeAuthenticationException
                && ((HumeAuthenticationException) failure).reason() == Reason.CREDENTIALS_REJECTED;
    }
}
