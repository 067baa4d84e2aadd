package io.quarkiverse.hume.runtime.access;

/**
 * Limits that several instances of the application enforce together. While what they share is not available, each instance
 * decides by its local limits.
 */
public interface SharedLimits {

    /**
     * @param endpoint whose requests are counted together
     * @param perMinute of each caller within any 60 seconds, at all instances
     * @param local of this instance, with the same number
     */
    RequestLimit requests(String endpoint, int perMinute, RequestLimit local);

    /**
     * @param endpoint whose sockets are counted together
     * @param limit of each caller at once, at all instances
     * @param local of this instance, with the same number
     */
    SocketLimit sockets(String endpoint, int limit, SocketLimit local);
}
