package org.acme.voice.generated;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** As a generator leaves it: known by its name. */
@Path("/v0/evi/chats")
@RegisterRestClient
public interface ChatsApi {

    @GET
    String list();
}
