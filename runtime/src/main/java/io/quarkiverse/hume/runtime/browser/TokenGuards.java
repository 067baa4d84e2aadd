package io.quarkiverse.hume.runtime.browser;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.PolicyConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.security.AuthenticatedHttpSecurityPolicy;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.quarkus.vertx.http.runtime.security.RolesAllowedHttpSecurityPolicy;
import io.smallrye.config.SmallRyeConfig;

/** Finds the policy that the configuration names. */
final class TokenGuards {

    private static final String POLICY = "hume.browser-token.policy";
    private static final String BUILT_IN = HttpSecurityPolicy.class.getPackageName() + ".";

    private TokenGuards() {
    }

    /** @throws ConfigurationException if there is no such policy */
    static TokenGuard guard(BrowserTokenPlan plan) {
        if (plan.publicAccess()) {
            return new TokenGuard(null);
        }
        if (!plan.rolesAllowed().isEmpty()) {
            return new TokenGuard(new RolesAllowedHttpSecurityPolicy(plan.rolesAllowed(), null, null));
        }
        return new TokenGuard(plan.policy() == null || plan.policy().equals(AuthenticatedHttpSecurityPolicy.NAME)
                ? new AuthenticatedHttpSecurityPolicy()
                : named(plan.policy()));
    }

    private static HttpSecurityPolicy named(String name) {
        Map<String, PolicyConfig> configured = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class)
                .getConfigMapping(VertxHttpConfig.class).auth().rolePolicy();
        PolicyConfig policy = configured.get(name);
        if (policy != null) {
            return new RolesAllowedHttpSecurityPolicy(policy.rolesAllowed(), null, policy.roles());
        }
        List<InstanceHandle<HttpSecurityPolicy>> beans = Arc.container().listAll(HttpSecurityPolicy.class);
        return beans.stream()
                .filter(bean -> !bean.getBean().getBeanClass().getName().startsWith(BUILT_IN))
                .map(InstanceHandle::get)
                .filter(bean -> name.equals(bean.name()))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(POLICY + " is \"" + name + "\", but there is neither an"
                        + " HttpSecurityPolicy bean of that name nor quarkus.http.auth.policy.\"" + name + "\".roles-allowed",
                        Set.of(POLICY)));
    }
}
