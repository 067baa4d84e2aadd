package io.quarkiverse.hume.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.access.AccessPlan;
import io.quarkiverse.hume.runtime.browser.BrowserTokenPlan;

/**
 * What has to be there before an application gives tokens to browsers.
 *
 * @param httpServer whether the application has an HTTP server
 * @param security whether it has a security extension
 * @param decision the strategy of the account whose tokens are given away
 * @param secretKey whether the build sees a secret key of that account
 */
record BrowserTokenConditions(boolean httpServer, boolean security, StrategyDecision decision, boolean secretKey) {

    private static final String PREFIX = "hume.browser-token.";

    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+");

    private static final Set<String> NO_PROTECTION = Set.of("permit");

    /** @return a sentence for each thing that stands against it; empty if nothing does */
    List<String> violations(BrowserTokenPlan plan) {
        List<String> violations = new ArrayList<>();
        if (!httpServer) {
            violations.add(PREFIX + "enabled=true needs an HTTP server, and this application has none. Add the extension"
                    + " quarkus-rest or quarkus-vertx-http");
        }
        if (!security && !plan.access().publicAccess()) {
            violations.add(PREFIX + "enabled=true would give tokens to everyone, because this application has no security"
                    + " extension. Add one that signs users in, such as quarkus-oidc or"
                    + " quarkus-elytron-security-properties-file. If everyone who can reach the endpoint is meant to spend"
                    + " your quota, set " + PREFIX + "public-access=true");
        }
        if (!PATH.matcher(plan.path()).matches()) {
            violations.add(PREFIX + "path must consist of a slash and a name, once or several times, the names of letters,"
                    + " digits and . _ ~ -");
        }
        access(plan.access(), violations);
        if (decision.strategy() == HumeStrategy.API_KEY && !secretKey) {
            violations.add(PREFIX + "enabled=true needs access tokens, but the account uses the API key strategy ("
                    + decision.reason() + "). An API key never expires and must not get into a browser. Configure "
                    + ConfiguredKeys.property(plan.account(), "secret-key") + " where the application is built, or set "
                    + ConfiguredKeys.property(plan.account(), "strategy") + "=token");
        }
        return violations;
    }

    private static void access(AccessPlan plan, List<String> violations) {
        boolean roles = !plan.rolesAllowed().isEmpty();
        if (plan.publicAccess() && (roles || plan.policy() != null)) {
            violations.add(PREFIX + "public-access=true contradicts " + PREFIX + (roles ? "roles-allowed" : "policy")
                    + ". Remove one of them");
        }
        if (roles && plan.policy() != null) {
            violations
                    .add(PREFIX + "roles-allowed and " + PREFIX + "policy exclude each other. Let the policy check the roles");
        }
        if (plan.policy() != null && NO_PROTECTION.contains(plan.policy())) {
            violations.add(PREFIX + "policy=" + plan.policy() + " would give tokens to everyone. If that is what you want,"
                    + " set " + PREFIX + "public-access=true instead");
        }
    }
}
