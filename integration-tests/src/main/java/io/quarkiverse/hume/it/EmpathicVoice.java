package io.quarkiverse.hume.it;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkiverse.hume.HumeAuthenticated;

/** Hume's empathic voice interface. */
@Path("/v0/evi")
@RegisterRestClient(configKey = "evi")
@HumeAuthenticated
public interface EmpathicVoice {

    @GET
    @Path("/configs")
    Configs configs();

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Configs(@JsonProperty("configs_page") List<Config> configs) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Config(String id, String name, int version) {
    }
}
