package io.quarkiverse.hume.runtime.metrics;

import static io.quarkiverse.hume.runtime.metrics.OutcomeCounter.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkus.runtime.metrics.MetricsFactory;
import io.quarkus.runtime.metrics.MetricsFactory.TimeRecorder;

/**
 * Counts the events of one account. The counters exist before the metrics system, which starts later, so that no event is lost.
 */
final class AccountCounters implements AccountListener {

    private final String account;
    private final LongAdder successes = new LongAdder();
    private final OutcomeCounter<Reason> failures = new OutcomeCounter<>(Reason.class);
    private final OutcomeCounter<UnauthorizedOutcome> rest = new OutcomeCounter<>(UnauthorizedOutcome.class);
    private final OutcomeCounter<UnauthorizedOutcome> webSocket = new OutcomeCounter<>(UnauthorizedOutcome.class);
    private final OutcomeCounter<UnauthorizedOutcome> relay = new OutcomeCounter<>(UnauthorizedOutcome.class);
    private final OutcomeCounter<RelayOutcome> relayed = new OutcomeCounter<>(RelayOutcome.class);
    private final OutcomeCounter<RelaySocketEnd> relaySockets = new OutcomeCounter<>(RelaySocketEnd.class);
    private final OutcomeCounter<RateLimitOutcome> rateLimited = new OutcomeCounter<>(RateLimitOutcome.class);
    private volatile boolean rateLimitConfigured;
    private final LongAdder openSockets = new LongAdder();
    private final LongAdder relayTokens = new LongAdder();
    private final OutcomeCounter<BrowserTokenOutcome> browserTokens = new OutcomeCounter<>(BrowserTokenOutcome.class);
    private final OutcomeCounter<WebhookOutcome> webhooks = new OutcomeCounter<>(WebhookOutcome.class);
    private volatile TimeRecorder durations = (amount, unit) -> {
    };

    AccountCounters(String account) {
        this.account = account;
    }

    @Override
    public void refreshed(Instant expiresAt, Instant refreshAt, Duration took) {
        successes.increment();
        durations.update(took.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void failed(HumeAuthenticationException failure, int inARow, Instant retryAt, Instant validUntil, Duration took) {
        failures.count(failure.reason());
        durations.update(took.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void unauthorized(Transport transport, UnauthorizedOutcome outcome) {
        switch (transport) {
            case REST -> rest.count(outcome);
            case WEBSOCKET -> webSocket.count(outcome);
            case RELAY -> relay.count(outcome);
        }
    }

    @Override
    public void relayed(RelayOutcome outcome) {
        relayed.count(outcome);
    }

    @Override
    public void rateLimitConfigured() {
        rateLimitConfigured = true;
    }

    @Override
    public void rateLimited(RateLimitOutcome outcome) {
        rateLimited.count(outcome);
    }

    @Override
    public void relayTokens(long inputTokens) {
        relayTokens.add(inputTokens);
    }

    @Override
    public void relaySocketOpened() {
        openSockets.increment();
    }

    @Override
    public void relaySocketClosed(RelaySocketEnd end) {
        openSockets.decrement();
        relaySockets.count(end);
    }

    @Override
    public void browserToken(BrowserTokenOutcome outcome) {
        browserTokens.count(outcome);
    }

    @Override
    public void webhook(WebhookOutcome outcome) {
        webhooks.count(outcome);
    }

    void registerTokenRequests(MetricsFactory factory) {
        String name = "hume.token.requests";
        String description = "Requests for an access token, their retries not counted";
        metric(factory, name, description, account).tag("outcome", "success").buildCounter(successes, LongAdder::sum);
        failures.register(() -> metric(factory, name, description, account));
        durations = metric(factory, "hume.token.request.duration", "How long requests for an access token took, their retries"
                + " included", account).buildTimer();
    }

    void registerUnauthorized(MetricsFactory factory, boolean webSockets) {
        registerUnauthorized(factory, Transport.REST, rest);
        if (webSockets) {
            registerUnauthorized(factory, Transport.WEBSOCKET, webSocket);
        }
    }

    private void registerUnauthorized(MetricsFactory factory, Transport transport,
            OutcomeCounter<UnauthorizedOutcome> counter) {
        counter.register(
                () -> metric(factory, "hume.unauthorized.calls", "Calls that Hume rejected because of their credential",
                        account).tag("transport", OutcomeCounter.tagValue(transport)));
    }

    void registerBrowserTokens(MetricsFactory factory) {
        browserTokens.register(() -> metric(factory, "hume.browser.token.responses",
                "Answers of the endpoint that gives access tokens to browsers", account));
    }

    void registerRelay(MetricsFactory factory) {
        registerUnauthorized(factory, Transport.RELAY, relay);
        relayed.register(() -> metric(factory, "hume.relay.requests", "Requests to the relay, handshakes included", account));
        relaySockets.register(() -> metric(factory, "hume.relay.sockets", "Relayed sockets that have ended", account));
        metric(factory, "hume.relay.open.sockets", "Relayed sockets that are open", account).buildGauge(openSockets::sum);
        metric(factory, "hume.relay.input.tokens", "What Hume bills for relayed requests", account)
                .buildCounter(relayTokens, LongAdder::sum);
    }

    void registerRateLimit(MetricsFactory factory) {
        if (rateLimitConfigured) {
            rateLimited.register(() -> metric(factory, "hume.rate.limit.calls",
                    "Calls that the limit of requests delayed or failed, and answers with 429", account));
        }
    }

    void registerWebhooks(MetricsFactory factory) {
        webhooks.register(() -> metric(factory, "hume.webhook.verifications", "Webhooks received", account));
    }
}
