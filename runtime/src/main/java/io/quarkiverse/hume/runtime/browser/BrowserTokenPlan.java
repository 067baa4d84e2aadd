package io.quarkiverse.hume.runtime.browser;

import java.util.List;

/**
 * What the build decided about the endpoint.
 *
 * @param path below the HTTP root path
 * @param account whose tokens are given away
 * @param publicAccess whether nobody has to sign in; then there are neither roles nor a policy
 * @param rolesAllowed one of which a user needs; empty for no such condition
 * @param policy the name of the HTTP security policy that decides; {@code null} if roles do, or any signed-in user is welcome
 */
public record BrowserTokenPlan(String path, String account, boolean publicAccess, List<String> rolesAllowed, String policy) {
}
