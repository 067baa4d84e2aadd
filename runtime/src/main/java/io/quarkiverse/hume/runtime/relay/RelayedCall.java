package io.quarkiverse.hume.runtime.relay;

import io.quarkiverse.hume.runtime.access.Caller;
import io.vertx.ext.web.RoutingContext;

/**
 * A request or handshake that is relayed.
 *
 * @param operation the entry of the allow-list that it matched
 * @param target the path and the query at Hume, below the base URL
 */
record RelayedCall(RoutingContext context, Caller caller, String operation, String target) {
}
