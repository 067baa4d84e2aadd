package io.quarkiverse.hume.runtime.devui;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;

/** Calls that change nothing and cost nothing, one for each of Hume's platforms. */
@Path("")
public interface TestCallClient {

    String VOICE = "/v0/evi/configs";
    String CLOUD = "/v0/decisions/run";

    @GET
    @Path(VOICE)
    Uni<Response> voice(@QueryParam("page_size") int pageSize);

    @GET
    @Path(CLOUD)
    Uni<Response> cloud(@QueryParam("page_size") int pageSize);
}
