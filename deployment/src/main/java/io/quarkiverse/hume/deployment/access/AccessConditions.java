package io.quarkiverse.hume.deployment.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jboss.jandex.DotName;

import io.quarkiverse.hume.runtime.access.AccessPlan;
import io.quarkus.arc.deployment.SynthesisFinishedBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * The conditions under which an application has an endpoint for browsers.
 *
 * @param prefix the prefix of the endpoint's properties, with the final dot
 * @param danger a clause that states what the endpoint would do without protection, such as "would give tokens to everyone"
 * @param httpServer whether the application has an HTTP server
 * @param security whether it has a security extension
 */
public record AccessConditions(String prefix, String danger, boolean httpServer, boolean security) {

    /** The type of security policies. Beans of this type are not removed from the application. */
    public static final DotName POLICY = DotName.createSimple("io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy");

    private static final DotName MECHANISM = DotName
            .createSimple("io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism");

    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+");

    private static final Set<String> NO_PROTECTION = Set.of("permit");

    /** @return what the configuration of an endpoint says about its users, with the roles in alphabetical order */
    public static AccessPlan plan(boolean publicAccess, Optional<Set<String>> rolesAllowed, Optional<String> policy) {
        Set<String> roles = new TreeSet<>();
        rolesAllowed.orElse(Set.of()).stream().map(String::strip).filter(role -> !role.isEmpty()).forEach(roles::add);
        return new AccessPlan(publicAccess, List.copyOf(roles), policy.map(String::strip).orElse(null));
    }

    /** @return a sentence for each condition that is not met */
    public List<String> violations(String path, AccessPlan access) {
        List<String> violations = new ArrayList<>();
        if (!httpServer) {
            violations.add(prefix + "enabled=true needs an HTTP server, and this application has none. Add the extension"
                    + " quarkus-rest or quarkus-vertx-http");
        }
        if (!security && !access.publicAccess()) {
            violations.add(prefix + "enabled=true " + danger + ", because this application has no security"
                    + " extension. Add one that signs users in, such as quarkus-oidc or"
                    + " quarkus-elytron-security-properties-file. If everyone who can reach the endpoint may use"
                    + " your quota, set " + prefix + "public-access=true");
        }
        if (!PATH.matcher(path).matches()) {
            violations.add(prefix + "path must consist of a slash and a name, once or several times, the names of letters,"
                    + " digits and . _ ~ -");
        }
        contradictions(access, violations);
        return violations;
    }

    private void contradictions(AccessPlan plan, List<String> violations) {
        boolean roles = !plan.rolesAllowed().isEmpty();
        if (plan.publicAccess() && (roles || plan.policy() != null)) {
            violations.add(prefix + "public-access=true contradicts " + prefix + (roles ? "roles-allowed" : "policy")
                    + ". Remove one of them");
        }
        if (roles && plan.policy() != null) {
            violations
                    .add(prefix + "roles-allowed and " + prefix + "policy exclude each other. Let the policy check the roles");
        }
        if (plan.policy() != null && NO_PROTECTION.contains(plan.policy())) {
            violations.add(prefix + "policy=" + plan.policy() + " " + danger + ". If this is intended,"
                    + " set " + prefix + "public-access=true instead");
        }
    }

    /** Checks that the application has an authentication mechanism. A security extension alone does not authenticate users. */
    public static Optional<ValidationErrorBuildItem> withoutMechanism(String prefix, AccessPlan access,
            SynthesisFinishedBuildItem beans) {
        if (access.publicAccess() || !beans.beanStream().filter(bean -> bean.hasType(MECHANISM)).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ValidationErrorBuildItem(new ConfigurationException(prefix + "enabled=true needs"
                + " users who can sign in, but this application has no HTTP authentication mechanism. Add an extension"
                + " that brings one, such as quarkus-oidc, or enable quarkus.http.auth.basic or quarkus.http.auth.form",
                Set.of(prefix + "enabled"))));
    }
}
