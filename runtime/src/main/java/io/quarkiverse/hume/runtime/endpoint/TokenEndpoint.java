package io.quarkiverse.hume.runtime.endpoint;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jboss.resteasy.reactive.client.api.LoggingScope;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.runtime.token.AccountName;
import io.quarkiverse.hume.runtime.token.Backoff;
import io.quarkiverse.hume.runtime.token.TokenClock;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * One account's token endpoint: {@code POST {base-url}{token.path}}, with a time limit and retries.
 * <p>
 * Source: Hume, <a href="https://dev.hume.ai/docs/introduction/api-key">Getting your API keys</a>, "Token authentication".
 */
public final class TokenEndpoint {

    /**
     * What one account's endpoint needs to know.
     *
     * @param keys the properties that have the account's keys, or say where they are
     * @param route sets the way of the connections, TLS and proxy
     */
    public record Settings(String account, String keys, URI endpoint, Duration timeout, int maxRetries, Backoff backoff,
            Duration defaultLifetime, Consumer<QuarkusRestClientBuilder> route) {
    }

    private final String account;
    private final TokenEndpointClient client;
    private final Settings settings;
    private final TokenResponseReader reader;
    private final TokenRequestFailures failures;
    private final TokenClock clock;

    /** Whether the last request failed. Retries are for a blip; in an outage the back-off between requests is enough. */
    private volatile boolean failing;
    private volatile TokenRequestRetry retry;

    public TokenEndpoint(Settings settings, TokenClock clock) {
        this.account = settings.account();
        this.client = client(settings);
        this.settings = settings;
        this.reader = new TokenResponseReader(settings.account(), settings.defaultLifetime());
        this.failures = new TokenRequestFailures(settings.account(), settings.keys(), settings.endpoint(), reader);
        this.clock = clock;
    }

    /** Never blocks; fails with a {@link HumeAuthenticationException}. */
    @NonBlocking
    public Uni<AccessToken> requestToken(HumeCredentials credentials) {
        if (credentials.secretKey().isEmpty()) {
            return Uni.createFrom().failure(new HumeAuthenticationException(Reason.MISSING_CREDENTIALS, account,
                    "There is no secret key for " + AccountName.describe(account) + ", and the token strategy needs one. Set "
                            + AccountName.property(account, "secret-key")
                            + " or add it where the API key comes from, or choose the strategy api-key"));
        }
        String basic = basic(credentials);
        Executor home = home();
        return attempt(basic)
                .onFailure(this::worthRepeating).recoverWithUni(failure -> repeat(failure, basic, home))
                .onItemOrFailure().invoke((token, failure) -> failing = failure != null)
                .onFailure().transform(failure -> failures.explain(failure, clock.now()));
    }

    private boolean worthRepeating(Throwable failure) {
        return !failing && settings.maxRetries() > 0 && TokenRequestFailures.transientFailure(failure);
    }

    private Uni<AccessToken> repeat(Throwable failure, String basic, Executor home) {
        TokenRequestRetry made = retry;
        if (made != null) {
            return made.after(failure, () -> attempt(basic), home);
        }
        // On a worker, since the first time loads many classes. There is one request at a time, so nothing is made twice.
        return Uni.createFrom().item(() -> retry = new TokenRequestRetry(settings))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(first -> first.after(failure, () -> attempt(basic), home));
    }

    private static Executor home() {
        Context current = Vertx.currentContext();
        return current == null ? Infrastructure.getDefaultWorkerPool() : task -> current.runOnContext(ignored -> task.run());
    }

    private Uni<AccessToken> attempt(String basic) {
        return detached(client.requestToken(basic, "client_credentials").collect().in(BoundedBody::new, BoundedBody::append))
                .map(body -> reader.read(body.bytes(), clock.now()))
                .onFailure().transform(failure -> failures.explain(failure, clock.now()));
    }

    /**
     * The time limit gives up on an attempt, but the connection ends only with its read timeout, and that failure would then
     * be logged as an error that nobody handled. Nobody needs it any more, so it ends here.
     */
    private static <T> Uni<T> detached(Uni<T> attempt) {
        return Uni.createFrom().completionStage(() -> {
            CompletableFuture<T> outcome = new CompletableFuture<>();
            attempt.subscribe().with(outcome::complete, outcome::completeExceptionally);
            return outcome;
        });
    }

    /** RFC 7617 section 2.1, in UTF-8. */
    static String basic(HumeCredentials credentials) {
        String pair = credentials.apiKey() + ":" + credentials.secretKey().orElseThrow();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static TokenEndpointClient client(Settings settings) {
        long timeout = settings.timeout().toMillis();
        QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder()
                .baseUri(settings.endpoint())
                .connectTimeout(timeout, TimeUnit.MILLISECONDS)
                .readTimeout(timeout, TimeUnit.MILLISECONDS)
                .followRedirects(false)
                // Whatever the application logs of its own requests, keys and tokens are not among it.
                .loggingScope(LoggingScope.NONE)
                .disableDefaultMapper(true)
                .register(new RefusedTokenRequest.Mapper());
        settings.route().accept(builder);
        return builder.build(TokenEndpointClient.class);
    }
}
