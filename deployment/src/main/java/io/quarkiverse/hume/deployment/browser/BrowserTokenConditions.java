package io.quarkiverse.hume.deployment.browser;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.access.AccessConditions;
import io.quarkiverse.hume.deployment.spi.StrategyDecision;
import io.quarkiverse.hume.runtime.browser.BrowserTokenPlan;
import io.quarkiverse.hume.runtime.name.AccountName;

/**
 * The conditions under which an application gives tokens to browsers.
 *
 * @param httpServer whether the application has an HTTP server
 * @param security whether it has a security extension
 * @param decision the strategy of the account whose tokens the endpoint returns
 * @param secretKey whether the build sees a secret key of that account
 */
record BrowserTokenConditions(boolean httpServer, boolean security, StrategyDecision decision, boolean secretKey) {

    private static final String PREFIX = "hume.browser-token.";

    /** @return a sentence for each condition that is not met */
    List<String> violations(BrowserTokenPlan plan) {
        List<String> violations = new ArrayList<>(new AccessConditions(PREFIX, "would give tokens to everyone", httpServer,
                security).violations(plan.path(), plan.access()));
        if (decision.strategy() == HumeStrategy.API_KEY && !secretKey) {
            violations.add(PREFIX + "enabled=true needs access tokens, but the account uses the API key strategy ("
                    + decision.reason() + "). An API key never expires and must not get into a browser. Configure "
                    + AccountName.property(plan.account(), "secret-key") + " where the application is built, or set "
                    + AccountName.property(plan.account(), "strategy") + "=token");
        }
        return violations;
    }
}
