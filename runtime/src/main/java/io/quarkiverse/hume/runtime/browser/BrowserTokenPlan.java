package io.quarkiverse.hume.runtime.browser;

import io.quarkiverse.hume.runtime.access.AccessPlan;

/**
 * What the build decided about the endpoint.
 *
 * @param path below the HTTP root path
 * @param account whose tokens are given away
 * @param access who may have one
 */
public record BrowserTokenPlan(String path, String account, AccessPlan access) {
}
