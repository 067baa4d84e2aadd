package org.acme.voice.migration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeTokens;
import io.smallrye.mutiny.Uni;

/** Tokens in the application's own code, after. */
@ApplicationScoped
public class HumeHeaders {

    // tag::tokens[]
    @Inject
    HumeTokens tokens;

    String header() {
        return tokens.await().authorization();
    }

    Uni<String> laterHeader() {
        return tokens.get().map(AccessToken::authorization);
    }
    // end::tokens[]
}
