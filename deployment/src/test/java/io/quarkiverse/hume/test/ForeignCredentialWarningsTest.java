package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;

import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;

import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.oidc.client.reactive.filter.runtime.AbstractOidcClientRequestReactiveFilter;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/** The build reports all code that sets a credential for all calls of an authenticated client. */
class ForeignCredentialWarningsTest {

    private static final String HERE = "io.quarkiverse.hume.test.ForeignCredentialWarningsTest$";

    @RegisterExtension
    static final QuarkusProdModeTest BUILD = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Annotated.class, Configured.class, Copying.class, Setting.class,
                    Listing.class, Harmless.class, Stranger.class, Own.class, Company.class, Global.class, OfServers.class,
                    CopyAll.class,
                    SetOwn.class, CopyTrace.class, AbstractOidcClientRequestReactiveFilter.class))
            .setApplicationName("foreign-credentials")
            .overrideConfigKey("quarkus.rest-client.headers.\"Authorization\"", "Bearer s3cr3t")
            .overrideConfigKey("quarkus.rest-client.configured.providers", HERE + "Company, " + HERE + "Own")
            .overrideConfigKey("quarkus.rest-client.stranger.providers", HERE + "Company")
            .overrideConfigKey("quarkus.rest-client.providers", HERE + "Own")
            .overrideConfigKey("quarkus.rest-client.configured.headers.X-Hume-Api-Key", " ")
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= Level.WARNING.intValue()
                    && record.getLoggerName().startsWith("io.quarkiverse.hume"));

    @ProdBuildResults
    ProdModeTestResults build;

    @Test
    void warnings_nameClassesAndProperties() {
        String sent = "On authenticated clients its value is not sent: their calls carry the Hume credential.";
        List<String> messages = build.getRetainedBuildLogRecords().stream()
                .map(record -> String.format(record.getMessage(), record.getParameters())).toList();
        assertThat(messages).filteredOn(message -> message.contains(sent)).satisfiesExactlyInAnyOrder(
                message -> assertThat(message).startsWith("HUME0117: " + HERE + "Own sets Authorization on requests of the REST"
                        + " client " + HERE + "Annotated (registered by @RegisterProvider)"),
                message -> assertThat(message).startsWith("HUME0117: " + HERE + "Company sets Authorization on requests of")
                        .contains("(registered by quarkus.rest-client.configured.providers)"),
                message -> assertThat(message).startsWith("HUME0117: " + HERE + "Own sets Authorization on requests of")
                        .contains("(registered by quarkus.rest-client.configured.providers)"),
                message -> assertThat(message).startsWith("HUME0117: " + HERE + "Own sets Authorization on requests of")
                        .contains("(registered by quarkus.rest-client.providers)"),
                message -> assertThat(message).startsWith("HUME0117: " + HERE + "Global sets X-Hume-Api-Key on requests of all"
                        + " REST clients, such as " + HERE + "Annotated (registered by @Provider)"));
        assertThat(messages).filteredOn(message -> !message.contains(sent)).satisfiesExactlyInAnyOrder(
                message -> assertThat(message).startsWith("HUME0118: The REST client " + HERE
                        + "Copying has @RegisterClientHeaders(" + HERE + "CopyAll.class), which copies headers"),
                message -> assertThat(message).startsWith("HUME0119: The REST client " + HERE
                        + "Setting has @RegisterClientHeaders(" + HERE + "SetOwn.class), which sets Authorization"),
                message -> assertThat(message)
                        .startsWith("HUME0114: quarkus.rest-client.headers.\"Authorization\" is set,"
                                + " so calls of all REST clients without headers of their own in the configuration, such as "
                                + HERE
                                + "Annotated carry that header"),
                message -> assertThat(message).startsWith("HUME0127: The REST client " + HERE + "Listing: a parameter of list()"
                        + " sets the header X-Hume-Api-Key with a value of the type java.lang.String[]. The REST client"),
                message -> assertThat(message).startsWith("HUME0123: quarkus.rest-client.configured.headers.X-Hume-Api-Key is"
                        + " blank, so it sets no header: calls of the REST client " + HERE + "Configured carry the Hume"));
        assertThat(messages).noneMatch(message -> message.contains("s3cr3t"));
    }

    @Path("/annotated")
    @RegisterRestClient
    @HumeAuthenticated
    @RegisterProvider(Own.class)
    public interface Annotated {
        @GET
        String get();
    }

    @Path("/configured")
    @RegisterRestClient(configKey = "configured")
    @HumeAuthenticated
    public interface Configured {
        @GET
        String get();
    }

    @Path("/copying")
    @RegisterRestClient
    @HumeAuthenticated
    @RegisterClientHeaders(CopyAll.class)
    public interface Copying {
        @GET
        String get();
    }

    @Path("/setting")
    @RegisterRestClient
    @HumeAuthenticated
    @RegisterClientHeaders(SetOwn.class)
    public interface Setting {
        @GET
        String get();
    }

    @Path("/listing")
    @RegisterRestClient
    @HumeAuthenticated
    public interface Listing {
        @GET
        String list(@HeaderParam("X-Hume-Api-Key") String[] keys);
    }

    @Path("/harmless")
    @RegisterRestClient
    @HumeAuthenticated
    @RegisterClientHeaders(CopyTrace.class)
    public interface Harmless {
        @GET
        String get();
    }

    /** A client that does not call Hume. */
    @Path("/stranger")
    @RegisterRestClient(configKey = "stranger")
    @RegisterProvider(Own.class)
    @RegisterClientHeaders(CopyAll.class)
    public interface Stranger {
        @GET
        String get();
    }

    public static class Own implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            request.getHeaders().putSingle("Authorization", "Bearer s3cr3t");
        }
    }

    public static class Company extends AbstractOidcClientRequestReactiveFilter {
        @Override
        public void filter(ClientRequestContext request) {
        }
    }

    @Provider
    public static class Global implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            request.getHeaders().putSingle("X-Hume-Api-Key", "");
        }
    }

    @Provider
    @ConstrainedTo(RuntimeType.SERVER)
    public static class OfServers extends Own {
    }

    public static class CopyAll implements ClientHeadersFactory {
        @Override
        public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            return incoming;
        }
    }

    public static class SetOwn implements ClientHeadersFactory {
        @Override
        public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
            headers.putSingle("Authorization", "Bearer s3cr3t");
            return headers;
        }
    }

    public static class CopyTrace implements ClientHeadersFactory {
        @Override
        public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
            headers.putSingle("X-Trace", incoming.getFirst("X-Trace"));
            return headers;
        }
    }
}
