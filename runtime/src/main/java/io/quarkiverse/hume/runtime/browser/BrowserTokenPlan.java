package io.quarkiverse.hume.runtime.browser;

import io.quarkiverse.hume.runtime.access.AccessPlan;

/**
 * The decisions of the build about the endpoint.
 *
 * @param path the path of the endpoint below the HTTP root path
 * @param account the name of the account whose tokens the endpoint returns
 * @param access who may use the endpoint
 */
public record BrowserTokenPlan(String path, String account, AccessPlan access) {
}
