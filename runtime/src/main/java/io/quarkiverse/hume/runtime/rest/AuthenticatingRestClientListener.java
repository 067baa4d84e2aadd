package io.quarkiverse.hume.runtime.rest;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

import io.quarkus.arc.Arc;

/** Found by the REST client as a service; sees every client, whether CDI or the application builds it. */
public class AuthenticatingRestClientListener implements RestClientListener {

    @Override
    public void onNewClient(Class<?> client, RestClientBuilder builder) {
        Arc.container().instance(CallCredentials.class).get().onNewClient(client, builder);
        Arc.container().instance(RestClients.class).get().onNewClient(client, builder);
    }
}
