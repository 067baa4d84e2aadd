package io.quarkiverse.hume.runtime.webhook;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.config.HumeRuntimeConfig;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** The verifications of all accounts that receive webhooks; one each, so that a replay at another resource is seen. */
@Singleton
public class WebhookVerifications {

    private final AccountRegistry accounts;
    private final Vertx vertx;
    private final Context home;
    private final Map<String, WebhookVerification> verifications = new ConcurrentHashMap<>();
    private volatile UnverifiedBodies unverified;

    public WebhookVerifications(AccountRegistry accounts, Vertx vertx) {
        this.accounts = accounts;
        this.vertx = vertx;
        // Of the start, not of a request: what waits here must not keep a request's context, nor run on it.
        this.home = vertx.getOrCreateContext();
    }

    /** Once, before the first webhook. */
    void start(HumeRuntimeConfig config) {
        unverified = new UnverifiedBodies(config.unverifiedWebhooks().maxSize().asLongValue());
    }

    /** Asks the credentials provider, which must not see the context of a request either. */
    private <T> CompletionStage<T> apart(Supplier<CompletionStage<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        home.runOnContext(ignored -> {
            try {
                question.get().whenComplete((value, failure) -> {
                    if (failure == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
            } catch (RuntimeException | Error e) { // A question that never ends would be the last one.
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /** @throws io.quarkiverse.hume.HumeAuthenticationException if nothing is configured for the account */
    WebhookVerification of(String account) {
        return verifications.computeIfAbsent(account,
                name -> new WebhookVerification(accounts.get(name).webhook(), accounts.get(name).listener(), unverified,
                        question -> () -> apart(question),
                        (delay, task) -> home.runOnContext(
                                ignored -> vertx.setTimer(Math.max(1, delay.toMillis()), timer -> task.run())),
                        InstantSource.system()));
    }
}
