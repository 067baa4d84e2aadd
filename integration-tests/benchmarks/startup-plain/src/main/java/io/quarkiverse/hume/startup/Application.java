package io.quarkiverse.hume.startup;

import java.lang.management.ManagementFactory;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.smallrye.common.annotation.Blocking;

/** Makes one call, and prints the number of classes that have been loaded by then. */
@Path("/call")
public class Application {

    /** The part of the API that is called. */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "api")
    public interface Api {
        @GET
        String get();
    }

    @RestClient
    Api api;

    @GET
    @Blocking
    public int call() {
        api.get();
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }
}
