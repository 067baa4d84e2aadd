package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.devui.ClientTableExport;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/**
 * Annotations on super-interfaces, overridden methods, sub-resources and filters: the nearest one determines credential and
 * address of each call, and the Dev UI shows the same. A client without a URL calls its account's platform.
 */
class InheritedAuthenticationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setBeforeAllCustomizer(() -> Platforms.start("default", "other", "gateway"))
            .addBuildChainCustomizer(builder -> ClientTableExport.addTo(builder))
            .withApplicationRoot(jar -> jar.addClass(Platforms.class))
            .overrideConfigKey("hume.strategy", "token")
            .overrideConfigKey("hume.api-key", "key-of-default")
            .overrideConfigKey("hume.secret-key", "secret-of-default")
            .overrideConfigKey("hume.base-url", "${platform.default}")
            .overrideConfigKey("hume.accounts.\"other\".strategy", "api-key")
            .overrideConfigKey("hume.accounts.\"other\".api-key", "key-of-other")
            .overrideConfigKey("hume.accounts.\"other\".secret-key", "secret-of-other")
            .overrideConfigKey("hume.accounts.\"other\".base-url", "${platform.other}")
            // An interface that clients extend, and one that a client returns.
            .overrideConfigKey("hume.accounts.\"other\".rest-clients", "configured,"
                    + "io.quarkiverse.hume.test.InheritedAuthenticationTest$Generated,"
                    + "io.quarkiverse.hume.test.InheritedAuthenticationTest$GeneratedSub")
            .overrideConfigKey("quarkus.rest-client.\"both\".url", "${platform.gateway}")
            .overrideConfigKey("quarkus.rest-client.\"root-and-sub\".url", "${platform.gateway}");

    @HumeAuthenticated
    public interface Marker {
    }

    @HumeAuthenticated(account = "other")
    public interface OtherMarker {
    }

    public interface BelowOtherMarker extends OtherMarker {
    }

    public interface Generic<T> extends OtherMarker {
        @GET
        @Path("/generic")
        Uni<T> generic();
    }

    public interface InheritedMethod {
        @GET
        @Path("/inherited")
        @HumeAuthenticated(account = "other")
        String inherited();
    }

    @Path("/marked")
    @RegisterRestClient
    public interface Marked extends Marker {
        @GET
        String own();
    }

    @Path("/grand-child")
    @RegisterRestClient
    public interface GrandChild extends BelowOtherMarker {
        @GET
        String own();
    }

    @Path("/generic-child")
    @RegisterRestClient
    public interface GenericChild extends Generic<String> {
        @GET
        @Path("/own")
        String own();
    }

    @Path("/method")
    @RegisterRestClient
    public interface WithInheritedMethod extends InheritedMethod {
        @GET
        String own();
    }

    /** Inherited annotations come after its own annotation. */
    @Path("/nearer")
    @RegisterRestClient
    @HumeAuthenticated(strategy = HumeStrategy.API_KEY)
    public interface Nearer extends BelowOtherMarker {
        @GET
        String own();
    }

    /** Overrides a method without repeating its JAX-RS annotations, because Quarkus allows no other overrides in beans. */
    @Path("/overriding-bean")
    @RegisterRestClient
    public interface OverridingBean extends InheritedMethod {
        @Override
        @HumeAuthenticated(strategy = HumeStrategy.API_KEY)
        String inherited();
    }

    @Path("/both")
    @RegisterRestClient(configKey = "both")
    public interface Both {
        @GET
        @HumeAuthenticated
        String one();

        @GET
        @Path("/two")
        @HumeAuthenticated(account = "other", strategy = HumeStrategy.TOKEN)
        String two();

        @GET
        @Path("/neither")
        String neither();
    }

    @Path("/overriding")
    public interface Overriding extends InheritedMethod {
        @Override
        @GET
        @Path("/inherited")
        @HumeAuthenticated(strategy = HumeStrategy.API_KEY)
        String inherited();
    }

    /** Overrides an annotated method without an annotation of its own. */
    @Path("/plain")
    public interface PlainOverriding extends InheritedMethod {
        @Override
        @GET
        @Path("/inherited")
        String inherited();
    }

    // Sub-resources

    @HumeAuthenticated(account = "other")
    public interface Sub {
        @GET
        @Path("/call")
        String call();
    }

    public interface SubMethod {
        @GET
        @Path("/call")
        @HumeAuthenticated(account = "other")
        String call();

        @GET
        @Path("/plain")
        String plain();
    }

    public interface InheritingSub extends BelowOtherMarker {
        @GET
        @Path("/call")
        String call();

        @Path("/deeper")
        PlainSub deeper();
    }

    public interface PlainSub {
        @GET
        @Path("/plain")
        String plain();
    }

    @Path("/evi")
    @RegisterRestClient
    public interface Root {
        @Path("/sub")
        Sub sub();
    }

    @Path("/method-of-sub")
    @RegisterRestClient
    public interface RootOfMethod {
        @Path("/sub")
        SubMethod sub();
    }

    @Path("/nested")
    @RegisterRestClient
    public interface RootOfNested {
        @Path("/sub")
        InheritingSub sub();
    }

    @Path("/locator")
    @RegisterRestClient
    public interface Located {
        @Path("/sub")
        @HumeAuthenticated(account = "other")
        PlainSub sub();
    }

    @Path("/root-and-sub")
    @RegisterRestClient(configKey = "root-and-sub")
    @HumeAuthenticated
    public interface RootAndSub {
        @GET
        String own();

        @Path("/sub")
        Sub sub();

        @Path("/plain")
        PlainSub plain();
    }

    // Configured

    @Path("/configured")
    @RegisterRestClient(configKey = "configured")
    public interface Configured {
        @GET
        String get();
    }

    public interface Generated {
    }

    @Path("/generated")
    @RegisterRestClient
    public interface GeneratedChild extends Generated {
        @GET
        String get();
    }

    public interface GeneratedSub {
        @GET
        @Path("/call")
        String call();
    }

    @Path("/generated-sub")
    @RegisterRestClient
    public interface GeneratedRoot {
        @Path("/sub")
        GeneratedSub sub();
    }

    // Filters

    @RegisterProvider(HumeRequestFilter.class)
    public interface Filtered {
    }

    @Path("/filtered")
    @RegisterRestClient
    public interface FilteredChild extends Filtered {
        @GET
        String get();
    }

    @Path("/partly")
    public interface Partly {
        @GET
        @HumeAuthenticated(account = "other")
        String annotated();

        @GET
        @Path("/plain")
        String plain();
    }

    @RestClient
    Marked marked;
    @RestClient
    GrandChild grandChild;
    @RestClient
    GenericChild genericChild;
    @RestClient
    WithInheritedMethod withInheritedMethod;
    @RestClient
    Nearer nearer;
    @RestClient
    OverridingBean overridingBean;
    @RestClient
    Both both;
    @RestClient
    Root root;
    @RestClient
    RootOfMethod rootOfMethod;
    @RestClient
    RootOfNested rootOfNested;
    @RestClient
    Located located;
    @RestClient
    RootAndSub rootAndSub;
    @RestClient
    Configured configured;
    @RestClient
    GeneratedChild generatedChild;
    @RestClient
    GeneratedRoot generatedRoot;
    @RestClient
    FilteredChild filteredChild;

    @TestFactory
    Stream<DynamicTest> shapes() {
        return Stream.of(
                shape(Marked.class, "own", "default", "default token", marked::own),
                shape(GrandChild.class, "own", "other", "other api-key", grandChild::own),
                shape(GenericChild.class, "own", "other", "other api-key", genericChild::own),
                shape(GenericChild.class, "generic", "other", "other api-key",
                        () -> genericChild.generic().await().indefinitely()),
                shape(WithInheritedMethod.class, "inherited", "other", "other api-key", withInheritedMethod::inherited),
                shape(WithInheritedMethod.class, "own", "other", null, withInheritedMethod::own),
                shape(Nearer.class, "own", "default", "default api-key", nearer::own),
                shape(OverridingBean.class, "inherited", "default", "default api-key", overridingBean::inherited),
                shape(Both.class, "one", "gateway", "default token", both::one),
                shape(Both.class, "two", "gateway", "other token", both::two),
                shape(Both.class, "neither", "gateway", null, both::neither),
                shape(Overriding.class, "inherited", "gateway", "default api-key", built(Overriding.class)::inherited),
                shape(PlainOverriding.class, "inherited", "gateway", "other api-key",
                        built(PlainOverriding.class)::inherited),
                shape(Root.class, "sub().call", "other", "other api-key", () -> root.sub().call()),
                shape(RootOfMethod.class, "sub().call", "other", "other api-key", () -> rootOfMethod.sub().call()),
                shape(RootOfMethod.class, "sub().plain", "other", null, () -> rootOfMethod.sub().plain()),
                shape(RootOfNested.class, "sub().call", "other", "other api-key", () -> rootOfNested.sub().call()),
                shape(RootOfNested.class, "sub().deeper().plain", "other", "other api-key",
                        () -> rootOfNested.sub().deeper().plain()),
                shape(Located.class, "sub().plain", "other", "other api-key", () -> located.sub().plain()),
                shape(RootAndSub.class, "own", "gateway", "default token", rootAndSub::own),
                shape(RootAndSub.class, "sub().call", "gateway", "other api-key", () -> rootAndSub.sub().call()),
                shape(RootAndSub.class, "plain().plain", "gateway", "default token", () -> rootAndSub.plain().plain()),
                shape(Root.class, "sub().call", "gateway", "other api-key", () -> built(Root.class).sub().call()),
                shape(Configured.class, "get", "other", "other api-key", configured::get),
                shape(GeneratedChild.class, "get", "other", "other api-key", generatedChild::get),
                shape(GeneratedRoot.class, "sub().call", "other", "other api-key", () -> generatedRoot.sub().call()),
                shape(FilteredChild.class, "get", "default", "default token", filteredChild::get));
    }

    private static <T> T built(Class<T> type, Object... filters) {
        QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create(System.getProperty("platform.gateway")));
        for (Object filter : filters) {
            builder.register(filter);
        }
        return builder.build(type);
    }

    /** @param credential account and strategy; null for none */
    private static DynamicTest shape(Class<?> client, String call, String platform, String credential,
            Callable<String> calling) {
        return DynamicTest.dynamicTest(client.getSimpleName() + "#" + call, () -> {
            String account = credential == null ? null : credential.split(" ")[0];
            String strategy = credential == null ? "none" : credential.split(" ")[1];
            assertThat(calling.call()).isEqualTo(Platforms.received(platform, account, strategy));
            assertThat(Platforms.inTable(client.getName(), call))
                    .isEqualTo((account == null ? "null" : account.replace("default", "<default>")) + " " + strategy);
        });
    }

    @Test
    void filterForTheDefaultAccount_authenticatesCallsWithoutAnnotation() {
        Partly partly = built(Partly.class, new HumeRequestFilter());
        assertThat(partly.annotated()).isEqualTo(Platforms.received("gateway", "other", "api-key"));
        assertThat(partly.plain()).isEqualTo(Platforms.received("gateway", "default", "token"));
    }

    @Test
    void filterForAnAccount_authenticatesEverythingThatTheBuiltClientCalls() {
        Partly partly = built(Partly.class, new HumeRequestFilter("<default>", HumeStrategy.API_KEY));
        assertThat(partly.annotated()).isEqualTo(Platforms.received("gateway", "default", "api-key"));
        assertThat(partly.plain()).isEqualTo(Platforms.received("gateway", "default", "api-key"));
        partly = built(Partly.class, new HumeRequestFilter("<default>"));
        assertThat(partly.annotated()).isEqualTo(Platforms.received("gateway", "default", "token"));
        assertThat(built(Partly.class).annotated()).as("another client of the same interface")
                .isEqualTo(Platforms.received("gateway", "other", "api-key"));
    }

    @Test
    void filterForAnUnknownAccount_failsTheCallWithTheExceptionItself() {
        Partly partly = built(Partly.class, new HumeRequestFilter("nobody"));
        assertThat(catchThrowable(partly::plain)).isInstanceOf(HumeAuthenticationException.class)
                .hasMessageContainingAll("\"nobody\"", "hume.accounts.\"nobody\".api-key", "other");
    }
}
