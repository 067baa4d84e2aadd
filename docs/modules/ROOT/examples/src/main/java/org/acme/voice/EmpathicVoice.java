package org.acme.voice;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeStrategy;

// tag::client[]
@Path("/v0/evi")
@RegisterRestClient(configKey = "evi")
@HumeAuthenticated
public interface EmpathicVoice {

    @GET
    @Path("/configs")
    Configs configs();
    // end::client[]

    // tag::method[]
    @GET
    @Path("/chats")
    @HumeAuthenticated(strategy = HumeStrategy.API_KEY) // <1>
    Chats chats();
    // end::method[]

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Configs(@JsonProperty("configs_page") List<Config> configs) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Config(String id, String name) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Chats(@JsonProperty("chats_page") List<Chat> chats) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Chat(String id, String status) {
    }
    // tag::client[]
}
// end::client[]
