package io.quarkiverse.hume.runtime.refresh;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeTokenSource;
import io.quarkiverse.hume.runtime.config.AccountRuntimeConfig;
import io.quarkiverse.hume.runtime.config.TokenRuntimeConfig;
import io.quarkiverse.hume.runtime.context.CallerContexts;
import io.quarkiverse.hume.runtime.credential.AccountCredentials;
import io.quarkiverse.hume.runtime.endpoint.TokenEndpoint;
import io.quarkiverse.hume.runtime.event.TokenRequestTracer;
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
import io.vertx.core.http.HttpClientOptions;

/**
 * Creates the token keepers. Tokens come from the application's {@link HumeTokenSource} or, by default, from Hume's token
 * endpoint.
 */
public class TokenKeepers implements TokenKeeperFactory {

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
        Optional<HumeTokenSource> application = custom.get(config.baseUrl());
        HumeTokenSource origin = application.isPresent() ? application.get()
                : endpoint(account, config, credentials.origin().keys(), backoff);
        TokenListener[] all = new TokenListener[listeners.length + 1];
        all[0] = new LoggingTokenListener(account);
        System.arraycopy(listeners, 0, all, 1, listeners.length);
        TokenKeeper keeper = new TokenKeeper(account, source(account, origin, credentials, contexts), policy,
                new TokenTiming(TokenClock.SYSTEM, contexts, () -> ThreadLocalRandom.current().nextDouble()), all);
        credentials.whenChanged(keeper::credentialsChanged);
        return keeper;
    }

    private HumeTokenSource endpoint(String account, AccountRuntimeConfig config, String keys, Backoff backoff) {
        TokenRuntimeConfig token = config.token();
        String base = config.baseUrl().toString();
        URI address = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + token.path());
        TransportSettings transport = TransportSettings.of(config);
        Endpoint endpoint = new Endpoint(new TokenEndpoint.Settings(account, keys, address, token.timeout(),
                token.retry().maxRetries(), backoff, token.defaultLifetime()), route.httpClient(transport, address),
                route.tlsConfigurationName(transport));
        endpoints.add(endpoint);
        return endpoint;
    }

    /** The token endpoint of an account. It is created by the first request, so that it does not slow down the start. */
    private final class Endpoint implements HumeTokenSource {

        private final TokenEndpoint.Settings settings;
        private final Supplier<HttpClientOptions> options;
        private final Optional<String> tlsConfigurationName;

        /** Guarded by this object, like the other state. */
        private TokenEndpoint endpoint;
        private boolean closed;

        /** @param tlsConfigurationName is compared when certificates have been replaced */
        private Endpoint(TokenEndpoint.Settings settings, Supplier<HttpClientOptions> options,
                Optional<String> tlsConfigurationName) {
            this.settings = settings;
            this.options = options;
            this.tlsConfigurationName = tlsConfigurationName;
        }

        @Override
        public Uni<AccessToken> requestToken(String account, HumeCredentials credentials) {
            return endpoint().requestToken(credentials);
        }

        private synchronized TokenEndpoint endpoint() {
            if (endpoint == null) {
                endpoint = new TokenEndpoint(settings, vertx, options, tracer, TokenClock.SYSTEM);
                if (closed) {
                    endpoint.close();
                }
            }
            return endpoint;
        }

        private synchronized void certificatesReplaced(String name) {
            if (endpoint != null && tlsConfigurationName.isPresent() && tlsConfigurationName.get().equals(name)) {
                endpoint.certificatesReplaced();
            }
        }

        private synchronized void close() {
            closed = true;
            if (endpoint != null) {
                endpoint.close();
            }
        }
    }

    /** Must be called when a TLS configuration has been reloaded. */
    void certificatesReplaced(String tlsConfigurationName) {
        for (Endpoint each : endpoints) {
            each.certificatesReplaced(tlsConfigurationName);
        }
    }

    @Override
    public void close() {
        endpoints.forEach(Endpoint::close);
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
