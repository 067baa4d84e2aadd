package io.quarkiverse.hume.benchmark;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;

/** The same client, authenticated in four ways. */
public final class Clients {

    private Clients() {
    }

    /** What all of them can do. */
    public interface Configs {
        @GET
        String get();

        @GET
        Uni<String> uni();
    }

    /** Not at all. */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "plain")
    public interface Plain extends Configs {
    }

    /** By a header that never changes. */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "static-header")
    @ClientHeaderParam(name = "Authorization", value = "Bearer token-0")
    public interface StaticHeader extends Configs {
    }

    /** By quarkus-rest-client-oidc-filter. */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "alternative")
    @OidcClientFilter
    public interface Alternative extends Configs {
    }

    /** With a token cache of its own, since what it keeps after an empty answer it keeps for ever. */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "alternative")
    @OidcClientFilter("empty")
    public interface AlternativeForEmpty extends Configs {
    }

    /** With a token cache of its own, since calls that wait for a hanging endpoint wait for ever. */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "alternative")
    @OidcClientFilter("hanging")
    public interface AlternativeForHanging extends Configs {
    }

    /** By this extension. */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "ours")
    @HumeAuthenticated
    public interface Ours extends Configs {
    }
}
