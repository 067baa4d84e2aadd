package io.quarkiverse.hume.runtime.endpoint;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.runtime.event.TokenRequestTracer;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.token.Backoff;
import io.quarkiverse.hume.runtime.token.TokenClock;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;

/**
 * One account's token endpoint: {@code POST {base-url}{token.path}}, the client credentials grant (RFC 6749 section 4.4) with
 * the keys in Basic authentication (section 2.3.1), with a time limit and retries. No method blocks.
 * <p>
 * Source: Hume, <a href="https://dev.hume.ai/docs/introduction/api-key">Getting your API keys</a>, "Token authentication".
 */
public final class TokenEndpoint {

    /**
     * The settings of one account's endpoint.
     *
     * @param keys the properties that contain the account's keys or specify their source, for messages
     */
    public record Settings(String account, String keys, URI endpoint, Duration timeout, int maxRetries, Backoff backoff,
            Duration defaultLifetime) {
    }

    private final String account;
    private final TokenConnection connection;
    private final Vertx vertx;
    private final Settings settings;
    private final TokenResponseReader reader;
    private final TokenRequestFailures failures;
    private final TokenClock clock;

    /**
     * Whether the last request failed. Retries help against a brief fault. During an outage there are no retries, and the
     * back-off between requests applies.
     */
    private volatile boolean failing;
    private volatile TokenRequestRetry retry;

    /** @param options supplies TLS and proxy settings of the connections; called for the first request, on an event loop */
    public TokenEndpoint(Settings settings, Vertx vertx, Supplier<HttpClientOptions> options, TokenRequestTracer tracer,
            TokenClock clock) {
        this.account = settings.account();
        this.connection = new TokenConnection(settings.endpoint(), settings.timeout(), vertx, options, tracer);
        this.vertx = vertx;
        this.settings = settings;
        this.reader = new TokenResponseReader(settings.account(), settings.defaultLifetime());
        this.failures = new TokenRequestFailures(settings.account(), settings.keys(), settings.endpoint(), reader);
        this.clock = clock;
    }

    /**
     * Requests a token, on the Vert.x context of the calling thread.
     *
     * @return fails with a {@link HumeAuthenticationException}; cancelling the subscription ends the request
     */
    @NonBlocking
    public Uni<AccessToken> requestToken(HumeCredentials credentials) {
        if (credentials.secretKey().isEmpty()) {
            return Uni.createFrom().failure(new HumeAuthenticationException(Reason.MISSING_CREDENTIALS, account,
                    "There is no secret key for " + AccountName.describe(account) + ", and access tokens need one. Add it where"
                            + " the API key comes from (" + settings.keys()
                            + "), or use the API key instead of access tokens"));
        }
        String basic = basic(credentials);
        Context home = vertx.getOrCreateContext();
        return attempt(basic)
                .onFailure(this::worthRepeating)
                .recoverWithUni(failure -> repeat(failure, basic, task -> home.runOnContext(ignored -> task.run())))
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
        return Uni.createFrom().item(() -> retry = new TokenRequestRetry(settings))
                .runSubscriptionOn(TokenEndpoint::onDaemonThread)
                .chain(first -> first.after(failure, () -> attempt(basic), home));
    }

    /**
     * Runs the task on a new daemon thread. It does not run on the event loop, because the first call loads many classes. The
     * thread is a daemon, because the library starts a thread that never ends and inherits this property; otherwise the process
     * would not exit.
     */
    private static void onDaemonThread(Runnable task) {
        Thread thread = new Thread(task, "hume-token-retry");
        thread.setDaemon(true);
        // The thread needs the class loader of the application. With it, the fault tolerance of the application, if there is
        // any, finds its configuration.
        thread.start();
    }

    private Uni<AccessToken> attempt(String basic) {
        return Uni.createFrom().completionStage(() -> connection.post(basic))
                .map(body -> reader.read(body, clock.now()))
                .onFailure().transform(failure -> failures.explain(failure, clock.now()));
    }

    /** RFC 7617 section 2.1, in UTF-8. */
    static String basic(HumeCredentials credentials) {
        String pair = credentials.apiKey() + ":" + credentials.secretKey().orElseThrow();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Must be called when the TLS configuration has been reloaded, so that later connections use it. */
    public void certificatesReplaced() {
        connection.certificatesReplaced();
    }

    /** Cancels the current request and rejects later ones. */
    public void close() {
        connection.close();
    }
}
