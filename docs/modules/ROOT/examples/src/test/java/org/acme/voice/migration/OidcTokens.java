package org.acme.voice.migration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.Tokens;
import io.smallrye.mutiny.Uni;

/** Tokens in the application's own code, before. */
@RequestScoped
public class OidcTokens {

    // tag::tokens[]
    @Inject
    Tokens tokens; // <1>

    @Inject
    OidcClient client; // <2>

    String header() {
        return "Bearer " + tokens.getAccessToken();
    }

    Uni<String> freshHeader() {
        return client.getTokens().map(fresh -> "Bearer " + fresh.getAccessToken());
    }
    // end::tokens[]
}
