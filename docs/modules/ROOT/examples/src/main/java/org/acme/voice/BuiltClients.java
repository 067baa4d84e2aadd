package org.acme.voice;

import java.net.URI;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;

/** Clients that are built in code, and the filter by itself. */
public final class BuiltClients {

    private BuiltClients() {
    }

    /** Without an annotation of ours. */
    @Path("/v0/evi/configs")
    public interface ConfigsApi {

        @GET
        String list();
    }

    // tag::provider[]
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "configs")
    @RegisterProvider(HumeRequestFilter.class)
    public interface FilteredConfigs {

        @GET
        String list();
    }
    // end::provider[]

    public static ConfigsApi configs(URI baseUri) {
        // tag::builder[]
        ConfigsApi configs = QuarkusRestClientBuilder.newBuilder()
                .baseUri(baseUri)
                .register(new HumeRequestFilter()) // <1>
                .build(ConfigsApi.class);
        // end::builder[]
        return configs;
    }

    public static ConfigsApi configsOf(URI baseUri, String account) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(baseUri)
                // tag::builder-account[]
                .register(new HumeRequestFilter(account, HumeStrategy.API_KEY))
                // end::builder-account[]
                .build(ConfigsApi.class);
    }

    /** The annotation is enough where there is one. */
    public static EmpathicVoice annotated(URI baseUri) {
        return QuarkusRestClientBuilder.newBuilder().baseUri(baseUri).build(EmpathicVoice.class);
    }
}
