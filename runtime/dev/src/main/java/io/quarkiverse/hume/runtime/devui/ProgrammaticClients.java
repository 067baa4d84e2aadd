package io.quarkiverse.hume.runtime.devui;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

import io.quarkiverse.hume.HumeRequestFilter;

/**
 * Records the clients that were built with the filter of the extension, which the build of the application cannot find. The
 * REST client finds this listener as a service.
 */
public class ProgrammaticClients implements RestClientListener {

    private static final Set<String> BUILT = ConcurrentHashMap.newKeySet();

    @Override
    public void onNewClient(Class<?> client, RestClientBuilder builder) {
        if (client != TestCallClient.class && builder.getConfiguration().isRegistered(HumeRequestFilter.class)) {
            BUILT.add(client.getName());
        }
    }

    /** The names of the interfaces of these clients. */
    static Set<String> built() {
        return new TreeSet<>(BUILT);
    }
}
