package io.quarkiverse.hume.runtime.access;

import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;

/** Makes the limits of an endpoint: shared with other instances if the application was built so, else local ones. */
public final class Limits {

    private Limits() {
    }

    /** @param limit of each caller within any 60 seconds, at least 1 */
    public static RequestLimit requestsPerMinute(String endpoint, int limit) {
        RequestLimit local = LocalRequestLimit.perMinute(limit);
        InstanceHandle<SharedLimits> shared = Arc.container().instance(SharedLimits.class);
        return shared.isAvailable() ? shared.get().requests(endpoint, limit, local) : local;
    }

    /** @param limit of each caller at once, at least 1 */
    public static SocketLimit sockets(String endpoint, int limit) {
        SocketLimit local = new LocalSocketLimit(limit);
        InstanceHandle<SharedLimits> shared = Arc.container().instance(SharedLimits.class);
        return shared.isAvailable() ? shared.get().sockets(endpoint, limit, local) : local;
    }
}
