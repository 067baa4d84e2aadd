package io.quarkiverse.hume.relay;

import java.io.InputStream;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.hume.HumeAuthenticated;

/** The part of Hume's API that the relays call. */
@Path("/v0/decisions")
@RegisterRestClient(configKey = "decisions")
@HumeAuthenticated
public interface Decisions {

    @POST
    @Path("/file")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    String decide(InputStream recording);
}
