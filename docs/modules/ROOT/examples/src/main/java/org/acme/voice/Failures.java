package org.acme.voice;

import jakarta.ws.rs.core.Response.Status;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.hume.HumeAuthenticationException;

// tag::mapper[]
public class Failures {

    @ServerExceptionMapper
    public RestResponse<String> unauthenticated(HumeAuthenticationException failure) {
        var answer = RestResponse.ResponseBuilder.create(Status.SERVICE_UNAVAILABLE, failure.reason().name());
        failure.retryAt().ifPresent(instant -> answer.header("X-Retry-At", instant));
        return answer.build();
    }
}
// end::mapper[]
