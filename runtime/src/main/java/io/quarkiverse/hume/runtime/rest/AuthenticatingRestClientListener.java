package io.quarkiverse.hume.runtime.rest;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

import io.quarkus.arc.Arc;

/**
 * Called for every REST client that is built, by CDI or by the application. The REST client finds this listener as a service.
 */
public class AuthenticatingRestClientListener implements RestClientListener {

    @Override
    public void onNewClient(Class<?> client, RestClientBuilder builder) {
        Arc.container().instance(CallCredentials.class).get().onNewClient(client, builder);
        Arc.container().instance(RestClients.class).get().onNewClient(client, builder);
    }
}
