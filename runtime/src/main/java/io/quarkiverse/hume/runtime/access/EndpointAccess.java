package io.quarkiverse.hume.runtime.access;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.PolicyConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.security.AuthenticatedHttpSecurityPolicy;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy.AuthorizationRequestContext;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy.CheckResult;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.quarkus.vertx.http.runtime.security.RolesAllowedHttpSecurityPolicy;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * Checks who may use an endpoint. The check runs inside the route and not as a rule for its path, so that no spelling of the
 * path can bypass it.
 */
public final class EndpointAccess {

    /** Runs blocking policies on the same executor as the HTTP layer of Quarkus does. */
    private static final AuthorizationRequestContext BLOCKING = (context, identity, check) -> identity
            .chain(known -> Arc.container().instance(BlockingSecurityExecutor.class).get()
                    .executeBlocking(() -> check.apply(context, known)));

    private static final String BUILT_IN = HttpSecurityPolicy.class.getPackageName() + ".";

    private final HttpSecurityPolicy policy;

    /** @param policy {@code null} to admit every request */
    private EndpointAccess(HttpSecurityPolicy policy) {
        this.policy = policy;
    }

    /**
     * @param prefix the prefix of the endpoint's properties, with the final dot
     * @throws ConfigurationException if the configured policy does not exist
     */
    public static EndpointAccess of(AccessPlan plan, String prefix) {
        if (plan.publicAccess()) {
            return new EndpointAccess(null);
        }
        if (!plan.rolesAllowed().isEmpty()) {
            return new EndpointAccess(new RolesAllowedHttpSecurityPolicy(plan.rolesAllowed(), null, null));
        }
        return new EndpointAccess(plan.policy() == null || plan.policy().equals(AuthenticatedHttpSecurityPolicy.NAME)
                ? new AuthenticatedHttpSecurityPolicy()
                : named(plan.policy(), prefix + "policy"));
    }

    private static HttpSecurityPolicy named(String name, String property) {
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
                .orElseThrow(() -> new ConfigurationException(property + " is \"" + name + "\", but there is neither an"
                        + " HttpSecurityPolicy bean of that name nor quarkus.http.auth.policy.\"" + name + "\".roles-allowed",
                        Set.of(property)));
    }

    /**
     * Returns the user if the user is admitted, or {@code null} if every request is admitted. Fails with an {@link
     * UnauthorizedException} for a request without a signed-in user, and with a {@link ForbiddenException} for a user who is
     * not admitted.
     */
    Uni<SecurityIdentity> admit(RoutingContext context) {
        if (policy == null) {
            return Uni.createFrom().nullItem();
        }
        Uni<SecurityIdentity> identity = QuarkusHttpUser.getSecurityIdentity(context, null)
                .onItem().ifNull().failWith(UnauthorizedException::new);
        return Uni.createFrom().deferred(() -> policy.checkPermission(context, identity, BLOCKING))
                .chain(result -> verdict(result, identity));
    }

    private static Uni<SecurityIdentity> verdict(CheckResult result, Uni<SecurityIdentity> identity) {
        Uni<SecurityIdentity> user = result.getAugmentedIdentity() == null ? identity : result.getAugmentedIdentityAsUni();
        return result.isPermitted() ? user
                : user.onItem().failWith(denied -> denied.isAnonymous() ? new UnauthorizedException()
                        : new ForbiddenException());
    }
}
