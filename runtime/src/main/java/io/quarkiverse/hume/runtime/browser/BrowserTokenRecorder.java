package io.quarkiverse.hume.runtime.browser;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.account.HumeLog;
import io.quarkiverse.hume.runtime.config.BrowserTokenRuntimeConfig;
import io.quarkiverse.hume.runtime.config.HumeRuntimeConfig;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.cors.CORSConfig;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Makes the endpoint when the application starts. */
@Recorder
public class BrowserTokenRecorder {

    private static final Duration LIMIT_PERIOD = Duration.ofMinutes(1);
    private static final int MAX_CALLERS = 10_000;

    private final RuntimeValue<HumeRuntimeConfig> config;

    public BrowserTokenRecorder(RuntimeValue<HumeRuntimeConfig> config) {
        this.config = config;
    }

    /** @throws io.quarkus.runtime.configuration.ConfigurationException if the policy that is to decide does not exist */
    public Handler<RoutingContext> route(BrowserTokenPlan plan) {
        BrowserTokenRuntimeConfig settings = config.getValue().browserToken();
        if (plan.publicAccess()) {
            HumeLog.LOG.browserTokensForEveryone(plan.path(), plan.account().equals(HumeAccount.DEFAULT)
                    ? "the default Hume account"
                    : "the Hume account \"" + plan.account() + "\"");
        }
        CORSConfig cors = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(VertxHttpConfig.class)
                .cors();
        if (new CrossOriginAccess(cors.enabled(), cors.origins(), cors.accessControlAllowCredentials()).isOpenToEveryPage()) {
            HumeLog.LOG.browserTokensForEveryPage(cors.origins().orElse(List.of()), plan.path());
        }
        return new BrowserTokenRoute(TokenGuards.guard(plan),
                new LocalRequestLimit(settings.limitPerMinute(), LIMIT_PERIOD, MAX_CALLERS, System::nanoTime),
                settings.minValidity(),
                minimum -> token(plan.account(), minimum), new BrowserTokenAnswers(InstantSource.system()),
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
