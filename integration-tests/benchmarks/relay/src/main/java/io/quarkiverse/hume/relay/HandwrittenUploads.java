package io.quarkiverse.hume.relay;

import java.io.InputStream;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkus.security.Authenticated;

/** A handwritten relay for uploads, as applications contain it: a resource that calls a REST client. */
@Path("/uploads")
@Authenticated
public class HandwrittenUploads {

    @RestClient
    Decisions decisions;

    @POST
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public String upload(InputStream recording) {
        return decisions.decide(recording);
    }
}
