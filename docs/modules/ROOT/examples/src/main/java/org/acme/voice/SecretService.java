package org.acme.voice;

import java.util.Map;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestPath;

import io.smallrye.mutiny.Uni;

/** Where the application's secrets are kept. */
@Path("/secrets")
@RegisterRestClient(configKey = "secrets")
public interface SecretService {

    @GET
    @Path("/{name}")
    Uni<Map<String, String>> read(@RestPath String name);
}
