package io.quarkiverse.hume.it;

import java.util.List;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The control API of the emulator that replaces Hume. It needs no credential. */
@Path("/emulator")
@RegisterRestClient(configKey = "emulator")
public interface EmulatorControl {

    @GET
    Overview overview();

    @POST
    @Path("/reset")
    void reset();

    @GET
    @Path("/requests")
    Requests requests(@RestQuery int limit);

    @PUT
    @Path("/token")
    void tokens(TokenSettings settings);

    @PUT
    @Path("/token/fault")
    void breakTokens(Fault fault);

    @DELETE
    @Path("/token/fault")
    void repairTokens();

    @POST
    @Path("/tokens/revoke")
    Revoked revokeTokens();

    @POST
    @Path("/keys/regenerate")
    Regenerated regenerateKeys();

    @DELETE
    @Path("/sockets")
    Closed closeSockets();

    @POST
    @Path("/webhooks")
    Delivery send(Webhook webhook);

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Overview(TokenSettings token, @JsonProperty("token_fault") Fault tokenFault) {
    }

    /** Fields that are {@code null} keep their value. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TokenSettings(@JsonProperty("lifetime_millis") Long lifetimeMillis,
            @JsonProperty("latency_millis") Long latencyMillis) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Fault(int status) {
    }

    record Revoked(int revoked) {
    }

    record Closed(int closed) {
    }

    record Regenerated(List<Keys> accounts) {
    }

    /** Secret: never logged and never sent to a browser. */
    record Keys(String account, @JsonProperty("api_key") String apiKey, @JsonProperty("secret_key") String secretKey) {

        @Override
        public String toString() {
            return "Keys[" + account + "]";
        }
    }

    record Requests(List<Received> requests) {
    }

    /** A request that the emulator received, without its headers, which contain credentials. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Received(long sequence, String method, String path, String account, String credential, Integer status) {
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Webhook(String url, @JsonProperty("event_name") String eventName, Boolean corrupt, Integer times,
            @JsonProperty("timestamp_offset_seconds") Integer timestampOffsetSeconds) {
    }

    /** @param statuses one for each delivery; {@code null} for a delivery without a response */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Delivery(List<Integer> statuses) {
    }
}
