package io.quarkiverse.hume.runtime.relay;

import java.util.List;

import io.quarkiverse.hume.runtime.access.AccessPlan;

/**
 * What the build decided about the relay.
 *
 * @param path below the HTTP root path, without a slash at its end
 * @param account whose credential requests get
 * @param access who may use it
 * @param allow what is relayed, as {@link AllowedRequests} has it
 */
public record RelayPlan(String path, String account, AccessPlan access, List<String> allow) {
}
