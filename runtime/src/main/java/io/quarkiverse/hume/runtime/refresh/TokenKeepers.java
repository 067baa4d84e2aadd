package io.quarkiverse.hume.runtime.refresh;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeTokenSource;
import io.quarkiverse.hume.runtime.config.AccountRuntimeConfig;
import io.quarkiverse.hume.runtime.config.TokenRuntimeConfig;
import io.quarkiverse.hume.runtime.context.CallerContexts;
import io.quarkiverse.hume.runtime.credential.AccountCredentials;
import io.quarkiverse.hume.runtime.endpoint.TokenEndpoint;
import io.quarkiverse.hume.runtime.event.TokenRequestTracer;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.startup.ReplaceableBean;
import io.quarkiverse.hume.runtime.startup.TokenKeeperFactory;
import io.quarkiverse.hume.runtime.token.Backoff;
import io.quarkiverse.hume.runtime.token.RefreshPolicy;
import io.quarkiverse.hume.runtime.token.TokenClock;
import io.quarkiverse.hume.runtime.token.TokenKeeper;
import io.quarkiverse.hume.runtime.token.TokenListener;
import io.quarkiverse.hume.runtime.token.TokenTiming;
import io.quarkiverse.hume.runtime.transport.ClientRoute;
import io.quarkiverse.hume.runtime.transport.TransportSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/**
 * Creates the token keepers. Tokens come from the application's {@link HumeTokenSource} or, by default, from Hume's token
 * endpoint.
 */
public class TokenKeepers implements TokenKeeperFactory {

    /**
     * @param tlsConfigurationName the TLS configuration of the endpoint, which is compared when certificates have been replaced
     */
    private record Endpoint(Optional<String> tlsConfigurationName, TokenEndpoint endpoint) {
    }

    private final Vertx vertx;
    private final ReplaceableBean<HumeTokenSource> custom;
    private final ClientRoute route;
    private final TokenRequestTracer tracer;
    private final List<Endpoint> endpoints = new CopyOnWriteArrayList<>();

    TokenKeepers(Vertx vertx, ReplaceableBean<HumeTokenSource> custom, ClientRoute route, TokenRequestTracer tracer) {
        this.vertx = vertx;
        this.custom = custom;
        this.route = route;
        this.tracer = tracer;
    }

    @Override
    public List<String> violations() {
        return custom.violations("tokens are requested from Hume's token endpoint");
    }

    @Override
    public boolean isTokenSourceReplaced() {
        return custom.get().isPresent();
    }

    @Override
    public TokenKeeper keeper(String account, AccountRuntimeConfig config, AccountCredentials credentials,
            CallerContexts contexts, TokenListener... listeners) {
        TokenRuntimeConfig token = config.token();
        Backoff backoff = new Backoff(token.retry().delay(), token.retry().maxDelay());
        RefreshPolicy policy = new RefreshPolicy(token.refreshBefore(), token.timeout(), backoff,
                token.retry().maxWait());
        HumeTokenSource origin = custom.get().orElseGet(() -> endpoint(account, config, backoff));
        TokenListener[] all = new TokenListener[listeners.length + 1];
        all[0] = new LoggingTokenListener(account);
        System.arraycopy(listeners, 0, all, 1, listeners.length);
        TokenKeeper keeper = new TokenKeeper(account, source(account, origin, credentials, contexts), policy,
                new TokenTiming(TokenClock.SYSTEM, contexts::later, () -> ThreadLocalRandom.current().nextDouble()), all);
        credentials.whenChanged(keeper::credentialsChanged);
        return keeper;
    }

    private HumeTokenSource endpoint(String account, AccountRuntimeConfig config, Backoff backoff) {
        TokenRuntimeConfig token = config.token();
        String base = config.baseUrl().toString();
        URI address = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + token.path());
        String keys = config.credentialsProvider().isPresent() ? AccountName.property(account, "credentials-provider")
                : AccountName.property(account, "api-key") + " and " + AccountName.property(account, "secret-key");
        TransportSettings transport = TransportSettings.of(config);
        TokenEndpoint endpoint = new TokenEndpoint(new TokenEndpoint.Settings(account, keys, address, token.timeout(),
                token.retry().maxRetries(), backoff, token.defaultLifetime()), vertx, route.httpClient(transport, address),
                tracer, TokenClock.SYSTEM);
        endpoints.add(new Endpoint(route.tlsConfigurationName(transport), endpoint));
        return (name, credentials) -> endpoint.requestToken(credentials);
    }

    /** Must be called when a TLS configuration has been reloaded. */
    void certificatesReplaced(String tlsConfigurationName) {
        for (Endpoint each : endpoints) {
            if (each.tlsConfigurationName.filter(tlsConfigurationName::equals).isPresent()) {
                each.endpoint.certificatesReplaced();
            }
        }
    }

    @Override
    public void close() {
        endpoints.forEach(each -> each.endpoint.close());
    }

    /**
     * Returns a source that obtains the keys and then requests a token with them. If the keys are rejected, it calls the
     * provider again. If the keys have changed, the keeper is notified and requests a token again, as it does for any change of
     * the keys. All of this runs on a separate context, which belongs to no caller.
     */
    private TokenKeeper.Source source(String account, HumeTokenSource origin, AccountCredentials credentials,
            CallerContexts contexts) {
        return () -> contexts.separately(() -> {
            Consumer<Throwable> ended = tracer.started(account);
            CompletableFuture<AccessToken> request = tokenFor(account, origin, credentials, contexts)
                    .subscribeAsCompletionStage();
            request.whenComplete((token, failure) -> ended.accept(failure));
            return request;
        });
    }

    private static Uni<AccessToken> tokenFor(String account, HumeTokenSource origin, AccountCredentials credentials,
            CallerContexts contexts) {
        return Uni.createFrom().completionStage(() -> contexts.onOwnContext(credentials.get()))
                .chain(keys -> origin.requestToken(account, keys)
                        .onFailure(TokenKeepers::isRejection)
                        .call(() -> Uni.createFrom()
                                .completionStage(() -> contexts.onOwnContext(credentials.rejected(keys)))
                                .onFailure().recoverWithItem(false)));
    }

    private static boolean isRejection(Throwable failure) {
        return failure instanceof HumeAuthenticationException
                && ((HumeAuthenticationException) failure).reason() == Reason.CREDENTIALS_REJECTED;
    }
}
