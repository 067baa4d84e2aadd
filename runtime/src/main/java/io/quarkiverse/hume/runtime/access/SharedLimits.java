package io.quarkiverse.hume.runtime.access;

/**
 * Limits that several instances of the application enforce together. While the shared state is not available, each instance
 * applies its local limits.
 */
public interface SharedLimits {

    /**
     * @param endpoint the name of the endpoint whose requests are counted together
     * @param perMinute the number of requests of each caller within any 60 seconds, at all instances together
     * @param local the limit of this instance, with the same number
     */
    RequestLimit requests(String endpoint, int perMinute, RequestLimit local);

    /**
     * @param endpoint the name of the endpoint whose sockets are counted together
     * @param limit the number of sockets that each caller may have open at the same time, at all instances together
     * @param local the limit of this instance, with the same number
     */
    SocketLimit sockets(String endpoint, int limit, SocketLimit local);
}
