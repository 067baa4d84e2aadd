package io.quarkiverse.hume.runtime.endpoint;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.smallrye.mutiny.Multi;

/**
 * The client credentials grant: RFC 6749 section 4.4, with the client's credentials in Basic authentication (section 2.3.1).
 */
@Path("")
public interface TokenEndpointClient {

    /** @return the body piece by piece, so that an endless one can be refused */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    Multi<byte[]> requestToken(@HeaderParam("Authorization") String basic, @FormParam("grant_type") String grantType);
}
