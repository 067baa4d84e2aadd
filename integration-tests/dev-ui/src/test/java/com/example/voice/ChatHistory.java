package com.example.voice;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Built by code, which no build can foresee. */
@Path("/v0/evi/chats")
public interface ChatHistory {

    @GET
    String all();
}
