package io.quarkiverse.hume.it;

import java.util.Map;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.ClientWebApplicationException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.hume.HumeAuthenticationException;

/** Returns the reason why a call to Hume failed, so that the page can show it. */
public class FailureMapper {

    @ServerExceptionMapper
    public RestResponse<Map<String, String>> unauthenticated(HumeAuthenticationException failure) {
        return RestResponse.ResponseBuilder
                .create(RestResponse.Status.SERVICE_UNAVAILABLE,
                        Map.of("reason", failure.reason().name(), "message", failure.getMessage()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    @ServerExceptionMapper
    public RestResponse<Map<String, String>> refused(ClientWebApplicationException failure) {
        Response answer = failure.getResponse();
        return RestResponse.ResponseBuilder
                .create(RestResponse.Status.BAD_GATEWAY, Map.of("reason", "HUME_ANSWERED_" + answer.getStatus(), "message",
                        "Hume answered " + answer.getStatus()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
