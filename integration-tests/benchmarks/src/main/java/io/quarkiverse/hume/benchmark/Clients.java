package io.quarkiverse.hume.benchmark;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;

/** The same client without authentication and with different ways of authentication. */
public final class Clients {

    private Clients() {
    }

    /** The calls of all clients. */
    public interface Configs {
        @GET
        String get();

        @GET
        Uni<String> uni();
    }

    /** Without authentication. */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "plain")
    public interface Plain extends Configs {
    }

    /** Authenticated with a constant header. */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "static-header")
    @ClientHeaderParam(name = "Authorization", value = "Bearer token-0")
    public interface StaticHeader extends Configs {
    }

    /** Authenticated by quarkus-rest-client-oidc-filter. */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "alternative")
    @OidcClientFilter
    public interface Alternative extends Configs {
    }

    /**
     * Authenticated by quarkus-rest-client-oidc-filter with a separate token cache, because the state after an empty response
     * never changes.
     */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "alternative")
    @OidcClientFilter("empty")
    public interface AlternativeForEmpty extends Configs {
    }

    /**
     * Authenticated by quarkus-rest-client-oidc-filter with a separate token cache, because calls that wait for an endpoint
     * which hangs wait forever.
     */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "alternative")
    @OidcClientFilter("hanging")
    public interface AlternativeForHanging extends Configs {
    }

    /** Authenticated by this extension. */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "ours")
    @HumeAuthenticated
    public interface Ours extends Configs {
    }
}
