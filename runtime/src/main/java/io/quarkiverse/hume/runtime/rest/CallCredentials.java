package io.quarkiverse.hume.runtime.rest;

import java.util.Map;

import org.eclipse.microprofile.rest.client.RestClientBuilder;

import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.runtime.rest.call.CallCredentialFilter;
import io.quarkiverse.hume.runtime.rest.call.ConfiguredHeaders;
import io.quarkiverse.hume.runtime.rest.call.LateHeaders;

/** Prepares authenticated REST clients, as they are built, for credentials that the application sets itself. */
public final class CallCredentials {

    private final DeclaredCredentials declared;

    public CallCredentials(DeclaredCredentials declared) {
        this.declared = declared;
    }

    void onNewClient(Class<?> client, RestClientBuilder builder) {
        if (declared.authenticated().contains(client.getName())
                || builder.getConfiguration().isRegistered(HumeRequestFilter.class)) {
            ConfiguredHeaders.examine(builder, client.getName());
            LateHeaders.install(builder, client.getName(), declared.writers());
            if (declared.clients().contains(client.getName())) {
                builder.register(new CallCredentialFilter(declared.parameters().getOrDefault(client.getName(), Map.of()),
                        ConfiguredHeaders.removeCredential(builder)), Integer.MIN_VALUE);
            }
        }
    }
}
