package org.acme.voice;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.hume.HumeAuthenticated;

// tag::client[]
@Path("/v0/evi/configs")
@RegisterRestClient(configKey = "tenant-configs")
@HumeAuthenticated
public interface TenantConfigs {

    @GET
    String configs(); // <1>

    @GET
    String configsOf(@HeaderParam("X-Hume-Api-Key") String tenantKey); // <2>
}
// end::client[]
