package io.quarkiverse.hume.runtime.relay;

import java.util.List;

import io.quarkiverse.hume.runtime.access.AccessPlan;

/**
 * The decisions of the build about the relay.
 *
 * @param path the path of the relay below the HTTP root path, without a slash at its end
 * @param account the name of the account whose credential the requests carry
 * @param access who may use the relay
 * @param allow the entries of the allow-list, see {@link AllowedRequests}
 */
public record RelayPlan(String path, String account, AccessPlan access, List<String> allow) {
}
