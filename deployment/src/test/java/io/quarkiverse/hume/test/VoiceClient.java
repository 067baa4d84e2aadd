package io.quarkiverse.hume.test;

import java.io.File;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeStrategy;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** A REST client with methods of every return type. */
@Path("/v0/evi")
@RegisterRestClient(configKey = "voice")
@HumeAuthenticated
public interface VoiceClient {

    @GET
    @Path("/configs")
    String plain();

    @GET
    @Path("/configs")
    Uni<String> uni();

    @GET
    @Path("/configs")
    CompletionStage<String> stage();

    @GET
    @Path("/configs")
    Multi<String> multi();

    @GET
    @Path("/configs")
    Response response();

    @GET
    @Path("/configs")
    RestResponse<String> restResponse();

    @GET
    @Path("/configs")
    Uni<RestResponse<String>> uniRestResponse();

    @GET
    @Path("/configs")
    byte[] bytes();

    @GET
    @Path("/configs")
    InputStream stream();

    @GET
    @Path("/configs")
    File file();

    @GET
    @Path("/chats")
    @HumeAuthenticated(strategy = HumeStrategy.API_KEY)
    String withApiKey();

    @POST
    @Path("/echo")
    String post(String body);

    @POST
    @Path("/echo")
    Uni<String> postLater(String body);

    @POST
    @Path("/echo")
    String upload(InputStream body);
}
