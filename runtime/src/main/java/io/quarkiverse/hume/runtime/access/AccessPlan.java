package io.quarkiverse.hume.runtime.access;

import java.util.List;

/**
 * What the build decided about who may use an endpoint of the extension.
 *
 * @param publicAccess whether requests without a signed-in user are admitted; then there are neither roles nor a policy
 * @param rolesAllowed one of which a user needs; empty for no such condition
 * @param policy the name of the HTTP security policy that decides; {@code null} if roles do, or any signed-in user is admitted
 */
public record AccessPlan(boolean publicAccess, List<String> rolesAllowed, String policy) {
}
