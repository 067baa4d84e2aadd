package io.quarkiverse.hume.runtime.browser;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.access.CrossOriginAccess;
import io.quarkiverse.hume.runtime.access.EndpointAccess;
import io.quarkiverse.hume.runtime.access.EndpointGuard;
import io.quarkiverse.hume.runtime.access.Limits;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.config.BrowserTokenRuntimeConfig;
import io.quarkiverse.hume.runtime.config.HumeRuntimeConfig;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Creates the endpoint when the application starts. */
@Recorder
public class BrowserTokenRecorder {

    private static final String PREFIX = "hume.browser-token.";

    private final RuntimeValue<HumeRuntimeConfig> config;

    public BrowserTokenRecorder(RuntimeValue<HumeRuntimeConfig> config) {
        this.config = config;
    }

    /** @throws io.quarkus.runtime.configuration.ConfigurationException if the configured policy does not exist */
    public Handler<RoutingContext> route(BrowserTokenPlan plan) {
        BrowserTokenRuntimeConfig settings = config.getValue().browserToken();
        if (plan.access().publicAccess()) {
            HumeLog.LOG.browserTokensForEveryone(plan.path(), AccountName.describe(plan.account()));
        }
        CrossOriginAccess pages = CrossOriginAccess.configured();
        if (plan.access().publicAccess() && pages.admitsEveryPage()) {
            HumeLog.LOG.publicBrowserTokensForEveryPage(pages.origins().orElse(List.of()), plan.path());
        } else if (pages.isOpenToEveryPage()) {
            HumeLog.LOG.browserTokensForEveryPage(pages.origins().orElse(List.of()), plan.path());
        }
        EndpointGuard guard = new EndpointGuard(EndpointAccess.of(plan.access(), PREFIX),
                Limits.requestsPerMinute("browser-token", settings.limitPerMinute()));
        return new BrowserTokenRoute(guard, settings.minValidity(), minimum -> token(plan.account(), minimum),
                new BrowserTokenAnswers(InstantSource.system()),
                outcome -> accounts().get(plan.account()).listener().browserToken(outcome));
    }

    private static AccountRegistry accounts() {
        return Arc.container().instance(AccountRegistry.class).get();
    }

    private static CompletionStage<AccessToken> token(String account, Duration minimum) {
        try {
            return accounts().get(account).tokenLasting(minimum);
        } catch (HumeAuthenticationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
