package io.quarkiverse.hume.runtime.devui;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

import io.quarkiverse.hume.HumeRequestFilter;

/**
 * Found by the REST client as a service: remembers the clients that were built with our filter, which the build of the
 * application cannot see.
 */
public class ProgrammaticClients implements RestClientListener {

    private static final Set<String> BUILT = ConcurrentHashMap.newKeySet();

    @Override
    public void onNewClient(Class<?> client, RestClientBuilder builder) {
        if (client != TestCallClient.class && builder.getConfiguration().isRegistered(HumeRequestFilter.class)) {
            BUILT.add(client.getName());
        }
    }

    /** The names of their interfaces. */
    static Set<String> built() {
        return new TreeSet<>(BUILT);
    }
}
