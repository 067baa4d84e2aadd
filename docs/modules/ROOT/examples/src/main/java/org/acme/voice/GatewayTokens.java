package org.acme.voice;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeTokenSource;
import io.smallrye.mutiny.Uni;

@Alternative // selected by its test, since the other examples want Hume's token endpoint
// tag::source[]
@Singleton
public class GatewayTokens implements HumeTokenSource {

    private final TokenGateway gateway;

    GatewayTokens(@RestClient TokenGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Uni<AccessToken> requestToken(String account, HumeCredentials credentials) {
        return gateway.issue(account)
                .map(issued -> AccessToken.of(issued.value(), issued.expiry()));
    }
}
// end::source[]
