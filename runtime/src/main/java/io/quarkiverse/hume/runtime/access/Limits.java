package io.quarkiverse.hume.runtime.access;

import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;

/**
 * Creates the limits of an endpoint. They are shared with the other instances if the application was built with shared state;
 * otherwise they apply to this instance alone.
 */
public final class Limits {

    private Limits() {
    }

    /** @param limit the number of requests of each caller within any 60 seconds, at least 1 */
    public static RequestLimit requestsPerMinute(String endpoint, int limit) {
        RequestLimit local = LocalRequestLimit.perMinute(limit);
        InstanceHandle<SharedLimits> shared = Arc.container().instance(SharedLimits.class);
        return shared.isAvailable() ? shared.get().requests(endpoint, limit, local) : local;
    }

    /** @param limit the number of sockets that each caller may have open at the same time, at least 1 */
    public static SocketLimit sockets(String endpoint, int limit) {
        SocketLimit local = new LocalSocketLimit(limit);
        InstanceHandle<SharedLimits> shared = Arc.container().instance(SharedLimits.class);
        return shared.isAvailable() ? shared.get().sockets(endpoint, limit, local) : local;
    }
}
