package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;

import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.test.shapes.Mechanism;
import io.quarkiverse.hume.test.shapes.Mechanism.Authentication;
import io.quarkiverse.hume.test.shapes.Mechanism.Carried;
import io.quarkiverse.hume.test.shapes.Mechanism.Case;
import io.quarkiverse.hume.test.shapes.Shapes;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.quarkus.oidc.client.reactive.filter.OidcClientRequestReactiveFilter;
import io.quarkus.oidc.client.reactive.filter.runtime.AbstractOidcClientRequestReactiveFilter;
import io.quarkus.oidc.token.propagation.common.AccessToken;
import io.quarkus.rest.client.reactive.NotBody;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.QuarkusUnitTest;

/**
 * Every mechanism with which the REST client sets headers, at every level of a client: unless the build fails, each call
 * carries exactly one credential, that of the account or that of the call.
 */
class CredentialMechanismsTest {

    private static final String KEY = "X-Hume-Api-Key";
    private static final String HUME = "default token-of-default -";
    private static final String OWN = "default - own";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setBeforeAllCustomizer(() -> Platforms.start("default"))
            .withApplicationRoot(CredentialMechanismsTest::add);

    private static List<Case> generated() {
        return Mechanism.cases().stream().filter(client -> !client.isRejected()).toList();
    }

    private static void add(JavaArchive jar) {
        Map<String, String> sources = new LinkedHashMap<>(Mechanism.classes());
        StringBuilder properties = new StringBuilder("""
                quarkus.arc.remove-unused-beans=none
                hume.strategy=token
                hume.api-key=key-of-default
                hume.secret-key=secret-of-default
                hume.base-url=${platform.default}
                quarkus.rest-client.scheme.headers.Authorization=Bearer ${no.such.token:}
                """);
        List<String> configured = new ArrayList<>();
        for (Case client : generated()) {
            sources.putAll(client.sources());
            if (client.authentication() == Authentication.BY_PROPERTY) {
                configured.add(client.name());
            }
        }
        properties.append("hume.rest-clients=").append(String.join(",", configured)).append('\n');
        Shapes.compile(sources)
                .forEach((name, bytes) -> jar.add(new ByteArrayAsset(bytes), name.replace('.', '/') + ".class"));
        jar.addClasses(Platforms.class, Mechanism.class, OidcClientFilter.class, OidcClientRequestReactiveFilter.class,
                AbstractOidcClientRequestReactiveFilter.class, AccessToken.class)
                .addAsResource(new StringAsset(properties.toString()), "application.properties");
    }

    @TestFactory
    Stream<DynamicTest> everyLevel_carriesOneCredential() {
        return generated().stream().map(client -> DynamicTest.dynamicTest(client.toString(), () -> check(client)));
    }

    private static void check(Case client) throws Exception {
        Class<?> type = Thread.currentThread().getContextClassLoader().loadClass(client.name());
        Object bean = CDI.current().select(type, RestClient.LITERAL).get();
        Object sub = type.getMethod("sub").invoke(bean);
        for (Map.Entry<String, Carried> call : client.calls().entrySet()) {
            boolean root = call.getKey().equals("own") || call.getKey().equals("inherited");
            Class<?> declaring = root ? type : type.getMethod("sub").getReturnType();
            Method method = declaring.getMethod(call.getKey(), String.class);
            String received = (String) method.invoke(root ? bean : sub, "body");
            switch (call.getValue()) {
                case HUME -> assertThat(received).as(call.getKey()).isEqualTo(HUME);
                case FOREIGN -> assertThat(received).as(call.getKey()).isIn("default foreign -", "default - foreign");
                case ANYTHING -> assertThat(received).as(call.getKey()).doesNotContain("token-of-default");
            }
        }
    }

    // Parameters

    public static class Bean {
        @RestHeader
        public String xHumeApiKey;

        static Bean of(String key) {
            Bean bean = new Bean();
            bean.xHumeApiKey = key;
            return bean;
        }
    }

    public interface Deeper {
        @GET
        @Path("/call")
        String call(@QueryParam("page") String page);

        @GET
        @Path("/bean")
        String bean(@BeanParam Bean bean);
    }

    public interface Part {
        @GET
        @Path("/bean")
        String bean(@BeanParam Bean bean);

        @GET
        @Path("/key")
        String key(@HeaderParam("x-hume-api-key") String key);

        @Path("/deeper")
        Deeper deeper();
    }

    public interface PartOfTenant {
        @GET
        @Path("/call")
        String call(@QueryParam("page") String page);
    }

    public interface Grand {
        @GET
        @Path("/grand")
        String grand(@BeanParam Bean bean);
    }

    public interface Parent extends Grand {
    }

    @Path("/parameters")
    @RegisterRestClient
    @HumeAuthenticated
    public interface Parameters extends Parent {
        @GET
        @Path("/list")
        String list(@HeaderParam(KEY) List<String> keys);

        @GET
        @Path("/optional")
        String optional(@HeaderParam(KEY) Optional<String> key);

        @POST
        @Path("/reference")
        @ClientHeaderParam(name = KEY, value = "{tenant}")
        String reference(@NotBody String tenant, String body);

        @GET
        @Path("/bearer")
        @ClientHeaderParam(name = "Authorization", value = "Bearer {tenant}")
        String bearer(@NotBody String tenant);

        @Path("/part")
        Part part();

        @Path("/located")
        PartOfTenant located(@HeaderParam(KEY) String key);
    }

    @RestClient
    Parameters parameters;

    private Map<String, Consumer<String>> parameters() {
        Map<String, Consumer<String>> calls = new LinkedHashMap<>();
        calls.put("bean parameter of a grand-parent", key -> answer = parameters.grand(Bean.of(key)));
        calls.put("list", key -> answer = parameters.list(key == null ? null : List.of(key)));
        calls.put("optional", key -> answer = parameters.optional(Optional.ofNullable(key)));
        calls.put("parameter that an annotation refers to", key -> answer = parameters.reference(key, "body"));
        calls.put("part of the value of an annotation", key -> answer = swapped(parameters.bearer(key)));
        calls.put("parameter in a sub-resource", key -> answer = parameters.part().key(key));
        calls.put("bean parameter in a sub-resource", key -> answer = parameters.part().bean(Bean.of(key)));
        calls.put("bean parameter in a sub-resource's own", key -> answer = parameters.part().deeper().bean(Bean.of(key)));
        calls.put("parameter of a locator", key -> answer = parameters.located(key).call("1"));
        return calls;
    }

    private String answer;

    private static String swapped(String received) {
        return received.equals("default own -") ? OWN : received;
    }

    @TestFactory
    Stream<DynamicTest> parameter_isTheCallersCredential() {
        return parameters().entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
            call.getValue().accept("own");
            assertThat(answer).isEqualTo(OWN);
        }));
    }

    @TestFactory
    Stream<DynamicTest> missingParameter_failsBeforeAnythingIsSent() {
        return parameters().entrySet().stream().flatMap(call -> Arrays.asList(null, "", " ").stream()
                .map(key -> DynamicTest.dynamicTest(call.getKey() + " '" + key + "'", () -> {
                    answer = null;
                    assertThatThrownBy(() -> call.getValue().accept(key))
                            .isInstanceOfSatisfying(HumeAuthenticationException.class,
                                    failure -> assertThat(failure.reason()).isEqualTo(Reason.MISSING_CREDENTIALS))
                            .hasMessageContainingAll("was not sent", "the credential is the caller's");
                    assertThat(answer).isNull();
                })));
    }

    @Test
    void subResourceWithoutParameters_carriesTheAccountsCredential() {
        assertThat(parameters.part().deeper().call("1")).isEqualTo(HUME);
    }

    // Whatever is no annotation of the interface

    @Path("/plain")
    @RegisterRestClient
    @HumeAuthenticated
    public interface Plain {
        @POST
        String post(String body);

        @GET
        String get();
    }

    @Path("/partly")
    public interface Partly {
        @GET
        @HumeAuthenticated
        String authenticated();

        @GET
        @Path("/plain")
        String plain();
    }

    @Path("/scheme")
    @RegisterRestClient(configKey = "scheme")
    @HumeAuthenticated
    public interface SchemeOnly {
        @GET
        String get();
    }

    @RestClient
    SchemeOnly schemeOnly;

    @Test
    void schemeWithoutCredential_isBlank() {
        assertThat(schemeOnly.get()).isEqualTo(HUME);
    }

    private static QuarkusRestClientBuilder builder() {
        return QuarkusRestClientBuilder.newBuilder().baseUri(URI.create(System.getProperty("platform.default")));
    }

    @Test
    void customizerOfRequests_isReplaced() {
        Plain plain = builder().httpClientRequestCustomizer(
                request -> request.putHeader("authorization", "Bearer foreign").putHeader(KEY, "foreign")).build(Plain.class);
        assertThat(plain.get()).isEqualTo(HUME);
        assertThat(plain.post("body")).isEqualTo(HUME);
    }

    @Test
    void customizerOfRequests_isLeftAloneWhereNothingIsAuthenticated() {
        Partly partly = builder().httpClientRequestCustomizer(
                request -> request.putHeader("Authorization", "Bearer foreign")).build(Partly.class);
        assertThat(partly.plain()).isEqualTo("default foreign -");
        assertThat(partly.authenticated()).isEqualTo(HUME);
    }

    @Test
    void customizerOfRequests_doesNotReplaceTheCallsOwn() {
        Parameters built = builder().httpClientRequestCustomizer(
                request -> request.putHeader("Authorization", "Bearer foreign")).build(Parameters.class);
        assertThat(built.part().key("own")).isEqualTo(OWN);
    }

    public static class Hidden implements WriterInterceptor {
        @Override
        public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
            context.getHeaders().putSingle("AUTHORIZATION", "Bearer foreign");
            context.proceed();
        }
    }

    @Test
    void interceptorInCode_isReplaced() {
        assertThat(builder().register(new Hidden(), Integer.MIN_VALUE).build(Plain.class).post("body")).isEqualTo(HUME);
        assertThat(builder().register(Hidden.class).build(Plain.class).post("body")).isEqualTo(HUME);
    }

    public static class OfFeature implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            request.getHeaders().putSingle("Authorization", "Bearer foreign");
        }
    }

    public static class Registering implements Feature {
        @Override
        public boolean configure(FeatureContext context) {
            context.register(OfFeature.class);
            return true;
        }
    }

    @Path("/feature")
    @RegisterRestClient
    @RegisterProvider(Registering.class)
    @HumeAuthenticated
    public interface WithFeature {
        @GET
        String get();
    }

    @RestClient
    WithFeature withFeature;

    @Test
    void filterOfAFeature_isReplaced() {
        assertThat(withFeature.get()).isEqualTo(HUME);
        assertThat(builder().register(new Registering()).build(Plain.class).get()).isEqualTo(HUME);
    }

    @Test
    void userInfoOfTheUrl_isReplaced() {
        URI address = URI.create(System.getProperty("platform.default").replace("://", "://foreign:foreign@"));
        assertThat(QuarkusRestClientBuilder.newBuilder().baseUri(address).build(Plain.class).get()).isEqualTo(HUME);
    }
}
