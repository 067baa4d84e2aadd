package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;

import jakarta.annotation.Priority;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.ext.Provider;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.QuarkusUnitTest;

/**
 * A filter of the application that runs after the one of the extension cannot send a credential to an untrusted host. The host
 * is 0.0.0.0, which is not trusted but reaches a listener on this machine, which would receive the credential.
 */
class LastFilterTest {

    private static final SecretSearch SECRETS = SecretSearch.of(ScriptedHume.API_KEY, ScriptedHume.SECRET_KEY,
            ScriptedHume.TOKEN);

    /** Where the filters send requests to. */
    private static volatile String destination;

    /** What a filter was given last. */
    private static volatile ClientRequestContext diverted;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ScriptedHume.class, PlainListener.class, SecretSearch.class))
            .setBeforeAllCustomizer(() -> {
                ScriptedHume.start();
                PlainListener.start();
            })
            .overrideConfigKey("hume.api-key", ScriptedHume.API_KEY)
            .overrideConfigKey("hume.secret-key", ScriptedHume.SECRET_KEY)
            .overrideConfigKey("hume.base-url", "${scripted.url}")
            .overrideConfigKey("quarkus.rest-client.configured.providers", Last.class.getName());

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "early")
    @HumeAuthenticated
    @RegisterProvider(Diversion.class)
    public interface Early {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "annotated")
    @HumeAuthenticated
    @RegisterProvider(Last.class)
    public interface Annotated {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "prioritized")
    @HumeAuthenticated
    @RegisterProvider(value = Diversion.class, priority = Integer.MAX_VALUE)
    public interface Prioritized {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "registered")
    @RegisterProvider(HumeRequestFilter.class)
    @RegisterProvider(Last.class)
    public interface Registered {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "suspending")
    @HumeAuthenticated
    @RegisterProvider(Suspending.class)
    public interface SuspendingClient {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "behind")
    @HumeAuthenticated
    @RegisterProvider(Behind.class)
    public interface BehindClient {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "configured")
    @HumeAuthenticated
    public interface Configured {
        @GET
        String get();
    }

    @Path("/v0/evi/global")
    @RegisterRestClient(configKey = "global")
    @HumeAuthenticated
    public interface Global {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "replacing")
    @HumeAuthenticated
    @RegisterProvider(Copying.class)
    public interface CopyingClient {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @HumeAuthenticated
    public interface Built {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    public interface Plain {
        @GET
        String get();
    }

    @Priority(1_000_000)
    public static class Diversion implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            divert(request);
        }
    }

    @Priority(Integer.MAX_VALUE)
    public static class Last extends Diversion {
    }

    /** Registered for all clients, so it acts only for one of them. */
    @Provider
    @Priority(Integer.MAX_VALUE)
    public static class ForAll implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            if (request.getUri().getPath().contains("/global")) {
                divert(request);
            }
        }
    }

    @Priority(Integer.MAX_VALUE)
    public static class Suspending implements ResteasyReactiveClientRequestFilter {
        @Override
        public void filter(ResteasyReactiveClientRequestContext request) {
            request.suspend();
            new Thread(() -> {
                divert(request);
                request.resume();
            }).start();
        }
    }

    /** Changes the request directly and not through the context that filters get. */
    @Priority(Integer.MAX_VALUE)
    public static class Behind implements ResteasyReactiveClientRequestFilter {
        @Override
        public void filter(ResteasyReactiveClientRequestContext request) {
            diverted = request;
            request.unwrap(RestClientRequestContext.class).setUri(URI.create(destination));
        }
    }

    /** Copies the credential to another header. */
    @Priority(Integer.MAX_VALUE)
    public static class Copying implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            request.getHeaders().putSingle("X-Forwarded-Authorization", request.getHeaderString("Authorization"));
            request.getHeaders().remove("Authorization");
            divert(request);
        }
    }

    private static void divert(ClientRequestContext request) {
        diverted = request;
        request.setUri(URI.create(destination));
    }

    @RestClient
    Early early;
    @RestClient
    Annotated annotated;
    @RestClient
    Prioritized prioritized;
    @RestClient
    Registered registered;
    @RestClient
    SuspendingClient suspending;
    @RestClient
    BehindClient behind;
    @RestClient
    Configured configured;
    @RestClient
    Global global;
    @RestClient
    CopyingClient copying;

    @BeforeEach
    void forget() {
        PlainListener.forget();
    }

    private static void assertNothingIsSent(ThrowingCallable call) {
        destination = "http://0.0.0.0:" + PlainListener.port() + "/v0/evi/configs";
        assertThatThrownBy(call).isInstanceOfSatisfying(HumeAuthenticationException.class,
                failure -> assertThat(failure.reason())
                        .isEqualTo(HumeAuthenticationException.Reason.UNTRUSTED_DESTINATION))
                .hasMessageContaining("0.0.0.0");
        assertThat(PlainListener.received()).isEmpty();
        assertThat(diverted.getHeaderString("Authorization")).isNull();
        // The same filter may send it to a trusted host.
        destination = "http://127.0.0.1:" + PlainListener.port() + "/v0/evi/configs";
        assertThat(catchResult(call)).isNull();
        assertThat(PlainListener.received()).singleElement().asString().contains(ScriptedHume.TOKEN);
        PlainListener.forget();
    }

    private static Throwable catchResult(ThrowingCallable call) {
        try {
            call.call();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    @Test
    void filterBeforeOurs_isSeen() {
        assertNothingIsSent(() -> early.get());
    }

    @Test
    void filterAfterOurs_isSeen() {
        assertNothingIsSent(() -> annotated.get());
        assertNothingIsSent(() -> prioritized.get());
        assertNothingIsSent(() -> registered.get());
        assertNothingIsSent(() -> configured.get());
    }

    @Test
    void filterOfAllClients_isSeen() {
        assertNothingIsSent(() -> global.get());
    }

    @Test
    void filterThatSuspends_isSeen() {
        assertNothingIsSent(() -> suspending.get());
    }

    @Test
    void filterThatBypassesTheContext_isDetected() {
        assertNothingIsSent(() -> behind.get());
    }

    @Test
    void filtersOfABuilder_areSeen() {
        URI base = URI.create(System.getProperty("scripted.url"));
        Built annotatedClient = QuarkusRestClientBuilder.newBuilder().baseUri(base)
                .register(new Diversion(), Integer.MAX_VALUE).build(Built.class);
        assertNothingIsSent(annotatedClient::get);
        Plain filterFirst = QuarkusRestClientBuilder.newBuilder().baseUri(base).register(new HumeRequestFilter())
                .register(new Last()).build(Plain.class);
        assertNothingIsSent(filterFirst::get);
        Plain filterLast = QuarkusRestClientBuilder.newBuilder().baseUri(base).register(Last.class)
                .register(HumeRequestFilter.class).build(Plain.class);
        assertNothingIsSent(filterLast::get);
    }

    @Test
    void filterThatCopiesTheCredential_isSeen() {
        destination = "http://0.0.0.0:" + PlainListener.port() + "/v0/evi/configs";
        assertThatThrownBy(() -> copying.get()).isInstanceOf(HumeAuthenticationException.class);
        assertThat(PlainListener.received()).isEmpty();
    }

    /** With the priority of ours there is no order to rely on: either way the credential stays here. */
    @Test
    void nothing_hasLeaked() {
        destination = "https://0.0.0.0:" + PlainListener.port() + "/v0/evi/configs";
        for (ThrowingCallable call : new ThrowingCallable[] { () -> annotated.get(), () -> global.get(),
                () -> suspending.get() }) {
            assertThatThrownBy(call).isInstanceOf(HumeAuthenticationException.class);
        }
        assertThat(SECRETS.findings(String.join("\n", PlainListener.received()))).isEmpty();
    }
}
