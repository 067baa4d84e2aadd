package io.quarkiverse.hume.runtime.access;

import java.util.List;

/**
 * The decision of the build about who may use an endpoint of the extension.
 *
 * @param publicAccess whether requests without a signed-in user are admitted; if so, there are neither roles nor a policy
 * @param rolesAllowed the roles of which a user needs at least one; empty if no role is required
 * @param policy the name of the HTTP security policy that decides; {@code null} if the roles decide or any signed-in user is
 *        admitted
 */
public record AccessPlan(boolean publicAccess, List<String> rolesAllowed, String policy) {
}
