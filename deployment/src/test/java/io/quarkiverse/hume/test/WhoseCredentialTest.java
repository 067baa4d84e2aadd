package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.rest.client.reactive.ReactiveClientHeadersFactory;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;

/**
 * Every request to Hume carries exactly one credential: that of the call if the call sets one, otherwise that of the account.
 * Each case includes a filter of the whole application that sets {@code Authorization} and a blank key on every request.
 */
class WhoseCredentialTest {

    private static final String KEY = "X-Hume-Api-Key";
    private static final String AUTHORIZATION = "Authorization";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Company.class, Plain.class, Tenant.class,
                    Inherited.class, Part.class, Whole.class, Bean.class, Copying.class, CopyAll.class,
                    Reactive.class,
                    CopyLater.class, Propagating.class, Filtered.class, Configured.class,
                    ConfiguredTenant.class, PartlyConfigured.class, Blank.class, WithLateFilter.class,
                    Late.class, Users.class))
            .overrideConfigKey("microprofile.rest.client.disable.default.mapper", "true")
            .overrideConfigKey("org.eclipse.microprofile.rest.client.propagateHeaders", "Authorization,X-Trace")
            .overrideConfigKey("quarkus.rest-client.configured.headers.X-Hume-Api-Key", "configured")
            .overrideConfigKey("quarkus.rest-client.configured-tenant.headers.X-Hume-Api-Key", "configured")
            .overrideConfigKey("quarkus.rest-client.configured-tenant.headers.X-Trace", "configured trace")
            .overrideConfigKey("quarkus.rest-client.partly-configured.headers.X-Hume-Api-Key", "configured")
            .overrideConfigKey("quarkus.rest-client.blank.headers.\"authorization\"", "  ")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.hume")
                    && record.getLevel().intValue() >= Level.WARNING.intValue())
            .assertLogRecords(WhoseCredentialTest::assertReports);

    /** Each client once, however often it was called, and without the value. */
    private static void assertReports(List<LogRecord> records) {
        List<String> reports = records.stream().map(record -> String.format(record.getMessage(), record.getParameters()))
                .filter(message -> message.startsWith("HUME0026")).toList();
        assertThat(reports).doesNotHaveDuplicates().noneMatch(report -> report.contains("Bearer"))
                .anySatisfy(report -> assertThat(report).contains("sets Authorization on calls of the REST client",
                        "$Plain. Its value is not sent: these calls carry the credential of the default Hume account"))
                .anySatisfy(report -> assertThat(report).contains("$Tenant. Its value is not sent: these calls carry what the"
                        + " call itself gives"));
    }

    @Provider
    public static class Company implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            if (request.getUri().getPath().endsWith("/token")) {
                return;
            }
            request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer of-the-company");
            if (!request.getHeaders().containsKey(KEY)) {
                request.getHeaders().putSingle(KEY, "");
            }
        }
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "plain")
    @HumeAuthenticated
    public interface Plain {
        @GET
        Response get();
    }

    public interface Inherited {
        @GET
        Response inherited(@HeaderParam(KEY) String key);
    }

    /** The REST client of Quarkus 3.33.2 needs a parameter here if the locator has a header parameter. */
    public interface Part {
        @GET
        Response get(@QueryParam("page") String page);

        @GET
        @Path("/with")
        Response with(@HeaderParam(KEY) String key);
    }

    public interface Whole {
        @GET
        Response get();
    }

    public static class Bean {
        @HeaderParam("x-hume-api-key")
        public String key;

        static Bean of(String key) {
            Bean bean = new Bean();
            bean.key = key;
            return bean;
        }
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "tenant")
    @HumeAuthenticated
    public interface Tenant extends Inherited {
        @GET
        Response plain();

        @GET
        Response key(@HeaderParam(KEY) String key);

        @GET
        Response authorization(@HeaderParam("authorization") String value);

        @GET
        Response rest(@RestHeader String xHumeApiKey);

        @GET
        Response bean(@BeanParam Bean bean);

        @GET
        Response implicit(Bean bean);

        @GET
        Response map(@RestHeader Map<String, String> headers);

        @GET
        Response either(@HeaderParam(KEY) String key, @HeaderParam(AUTHORIZATION) String value);

        @GET
        @ClientHeaderParam(name = KEY, value = "of-the-method")
        Response annotated();

        @GET
        @ClientHeaderParam(name = AUTHORIZATION, value = "{bearer}")
        Response computed(@HeaderParam(KEY) String key);

        default String bearer() {
            return "Bearer computed";
        }

        @Path("/parts")
        Part part(@HeaderParam(KEY) String key);

        @Path("/whole")
        Whole whole();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "copying")
    @RegisterClientHeaders(CopyAll.class)
    @HumeAuthenticated
    public interface Copying {
        @GET
        Response get();

        @GET
        Response key(@HeaderParam(KEY) String key);
    }

    @ApplicationScoped
    public static class CopyAll implements ClientHeadersFactory {
        @Override
        public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            MultivaluedMap<String, String> all = new MultivaluedHashMap<>();
            incoming.forEach((name, values) -> {
                if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
                    all.put(name, values);
                }
            });
            return all;
        }
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "reactive")
    @RegisterClientHeaders(CopyLater.class)
    @HumeAuthenticated
    public interface Reactive {
        @GET
        Response get();
    }

    @ApplicationScoped
    public static class CopyLater extends ReactiveClientHeadersFactory {
        @Override
        public Uni<MultivaluedMap<String, String>> getHeaders(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            MultivaluedMap<String, String> copied = new MultivaluedHashMap<>();
            copied.put(AUTHORIZATION, incoming.get(AUTHORIZATION));
            copied.put(KEY, incoming.get(KEY));
            return Uni.createFrom().item(copied);
        }
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "propagating")
    @RegisterClientHeaders
    @HumeAuthenticated
    public interface Propagating {
        @GET
        Response get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "filtered")
    @RegisterProvider(HumeRequestFilter.class)
    public interface Filtered {
        @GET
        Response get();

        @GET
        Response key(@HeaderParam(KEY) String key);
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "configured")
    @HumeAuthenticated
    public interface Configured {
        @GET
        Response get();
    }

    /** A client with a configured credential, of which some calls set another one. */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "configured-tenant")
    @HumeAuthenticated
    public interface ConfiguredTenant {
        @GET
        Response plain();

        @GET
        Response key(@HeaderParam(KEY) String key);

        @GET
        Response authorization(@HeaderParam(AUTHORIZATION) String value);

        @GET
        Response map(@RestHeader Map<String, String> headers);

        @GET
        @ClientHeaderParam(name = AUTHORIZATION, value = "own")
        Response annotated();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "partly-configured")
    public interface PartlyConfigured {
        @GET
        @HumeAuthenticated
        Response authenticated();

        @GET
        Response plain();

        @GET
        Response key(@HeaderParam(KEY) String key);
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "blank")
    @HumeAuthenticated
    public interface Blank {
        @GET
        Response get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "late")
    @RegisterProvider(Late.class)
    @HumeAuthenticated
    public interface WithLateFilter {
        @GET
        Response get();

        @GET
        Response key(@HeaderParam(KEY) String key);
    }

    /** Has the same priority as the filter of the extension, and is registered after it. */
    @Priority(Integer.MAX_VALUE)
    public static class Late implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            request.getHeaders().putSingle(AUTHORIZATION, "Bearer late");
            request.getHeaders().putSingle(KEY, "late");
        }
    }

    /** Called by users of the application, which have their own credentials. */
    @Path("/users")
    public static class Users {
        @RestClient
        Copying copying;
        @RestClient
        Reactive reactive;
        @RestClient
        Propagating propagating;

        @GET
        @Path("/copying")
        public int copying() {
            return copying.get().getStatus();
        }

        @GET
        @Path("/tenant")
        public int tenant() {
            return copying.key("of-the-call").getStatus();
        }

        @GET
        @Path("/missing")
        public String missing() {
            try {
                return "sent " + copying.key(null).getStatus();
            } catch (HumeAuthenticationException e) {
                return e.reason().name();
            }
        }

        @GET
        @Path("/reactive")
        public int reactive() {
            return reactive.get().getStatus();
        }

        @GET
        @Path("/code")
        public int code() {
            return builder().clientHeadersFactory(new CopyAll()).build(Plain.class).get().getStatus();
        }

        @GET
        @Path("/propagating")
        public int propagating() {
            return propagating.get().getStatus();
        }
    }

    @RestClient
    Plain plain;
    @RestClient
    Tenant tenant;
    @RestClient
    Filtered filtered;
    @RestClient
    Configured configured;
    @RestClient
    ConfiguredTenant configuredTenant;
    @RestClient
    PartlyConfigured partlyConfigured;
    @RestClient
    Blank blank;
    @RestClient
    WithLateFilter late;

    @BeforeEach
    void forget() {
        HumeEmulator.connect().forgetRequests();
    }

    @TestFactory
    Stream<DynamicTest> account_isTheDefault() {
        return Stream.of(test("plain", plain::get), test("filter", filtered::get), test("blank configured header", blank::get),
                test("filter behind ours", late::get),
                test("client with parameters elsewhere", tenant::plain),
                test("sub-resource without parameters", () -> tenant.whole().get()),
                test("map without a credential", () -> tenant.map(Map.of("X-Trace", "1"))),
                test("map with a blank credential", () -> tenant.map(Map.of(KEY, " ", AUTHORIZATION, ""))),
                test("empty map", () -> tenant.map(Map.of())), test("no map", () -> tenant.map(null)),
                test("annotation and filter of ours", () -> builder().register(new HumeRequestFilter()).build(Plain.class)
                        .get()),
                test("filter of ours in code", () -> builder().register(HumeRequestFilter.class).build(Whole.class).get()),
                test("blank header of the builder", () -> portable().header(KEY, " ").build(Plain.class).get()));
    }

    private DynamicTest test(String name, Runnable call) {
        return DynamicTest.dynamicTest(name, () -> {
            forget();
            call.run();
            assertAccountsToken(carried());
        });
    }

    private static void assertAccountsToken(Map<String, List<String>> headers) {
        assertThat(values(headers, AUTHORIZATION)).singleElement().asString().startsWith("Bearer emulator-token-");
        assertThat(values(headers, KEY)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> callsOwn_isLeftAlone() {
        return Stream.of(own("parameter", KEY, () -> tenant.key("own")),
                own("parameter in another case", AUTHORIZATION, () -> tenant.authorization("own")),
                own("parameter that is named by its variable", KEY, () -> tenant.rest("own")),
                own("bean parameter", KEY, () -> tenant.bean(Bean.of("own"))),
                own("bean parameter without annotation", KEY, () -> tenant.implicit(Bean.of("own"))),
                own("map", KEY, () -> tenant.map(Map.of("x-hume-api-key", "own"))),
                own("one of two parameters", KEY, () -> tenant.either("own", null)),
                own("the other one of two", AUTHORIZATION, () -> tenant.either(" ", "own")),
                own("inherited method", KEY, () -> tenant.inherited("own")),
                own("parameter of a sub-resource locator", KEY, () -> tenant.part("own").get("1")),
                own("parameter in a sub-resource", KEY, () -> tenant.part(null).with("own")),
                own("parameter before annotation", KEY, () -> tenant.computed("own")),
                own("filter behind ours", KEY, () -> late.key("own")),
                own("filter of ours", KEY, () -> filtered.key("own")),
                own("filter of ours in code", KEY,
                        () -> builder().register(new HumeRequestFilter()).build(Tenant.class).key("own")),
                own("parameter of a client with the same configured header", KEY, () -> configuredTenant.key("own")),
                own("parameter of a client with the other configured header", AUTHORIZATION,
                        () -> configuredTenant.authorization("own")),
                own("map of a client with a configured header", AUTHORIZATION,
                        () -> configuredTenant.map(Map.of("authorization", "own"))),
                own("annotation of a client with a configured header", AUTHORIZATION, () -> configuredTenant.annotated()),
                own("header of the builder", KEY, () -> portable().header(KEY, "own").build(Plain.class).get()),
                own("header of the builder, filter of ours in code", AUTHORIZATION,
                        () -> portable().header("authorization", "own")
                                .register(HumeRequestFilter.class).build(Whole.class).get()));
    }

    private DynamicTest own(String name, String header, Runnable call) {
        return DynamicTest.dynamicTest(name, () -> {
            forget();
            call.run();
            Map<String, List<String>> headers = carried();
            assertThat(values(headers, header)).containsExactly("own");
            assertThat(values(headers, header.equals(KEY) ? AUTHORIZATION : KEY)).isEmpty();
        });
    }

    @Test
    void annotationOfAMethod_isLeftAlone() {
        tenant.annotated();
        assertThat(values(carried(), KEY)).containsExactly("of-the-method");
        assertThat(values(carried(), AUTHORIZATION)).isEmpty();
    }

    @Test
    void configuredHeader_isLeftAlone() {
        configured.get();
        assertThat(values(carried(), KEY)).containsExactly("configured");
        assertThat(values(carried(), AUTHORIZATION)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> configuredHeader_isTheDefaultOfCallsThatMaySetTheirOwn() {
        return Map.<String, Runnable> of("no parameter", configuredTenant::plain, "map without a credential",
                () -> configuredTenant.map(Map.of("X-Other", "1")), "blank map", () -> configuredTenant.map(Map.of(KEY, " ")),
                "partly authenticated", partlyConfigured::authenticated).entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    forget();
                    call.getValue().run();
                    assertThat(values(carried(), KEY)).containsExactly("configured");
                    assertThat(values(carried(), AUTHORIZATION)).isEmpty();
                }));
    }

    @Test
    void otherConfiguredHeaders_areSentWithEveryCall() {
        configuredTenant.key("own");
        assertThat(values(carried(), "X-Trace")).containsExactly("configured trace");
    }

    /** The extension adds no credential to these calls, and removes none. */
    @Test
    void configuredHeader_ofAMethodWithoutAuthentication() {
        partlyConfigured.plain();
        assertThat(values(carried(), KEY)).containsExactly("configured");
        forget();
        partlyConfigured.key("own");
        assertThat(values(carried(), KEY)).containsExactly("own");
    }

    @TestFactory
    Stream<DynamicTest> declaredButMissing_failsBeforeAnythingIsSent() {
        Map<String, Consumer<String>> calls = Map.of("parameter", tenant::key, "parameter in another case",
                tenant::authorization, "variable", tenant::rest, "bean", value -> tenant.bean(Bean.of(value)), "implicit bean",
                value -> tenant.implicit(Bean.of(value)), "two parameters", value -> tenant.either(value, value),
                "inherited method", tenant::inherited, "locator", value -> tenant.part(value).get("1"), "filter of ours",
                filtered::key, "filter of ours in code",
                value -> builder().register(HumeRequestFilter.class).build(Tenant.class).key(value));
        Map<String, Consumer<String>> withConfiguredHeader = Map.of("same configured header", configuredTenant::key,
                "other configured header", configuredTenant::authorization);
        return Stream.of(calls, withConfiguredHeader).flatMap(all -> all.entrySet().stream())
                .flatMap(call -> Arrays.asList(null, "", " ").stream()
                        .map(value -> DynamicTest.dynamicTest(call.getKey() + " '" + value + "'", () -> {
                            forget();
                            assertThatThrownBy(() -> call.getValue().accept(value))
                                    .isInstanceOfSatisfying(HumeAuthenticationException.class,
                                            failure -> assertThat(failure.reason()).isEqualTo(Reason.MISSING_CREDENTIALS))
                                    .hasMessageContainingAll("was not sent", "the credential is the caller's", "Pass a value");
                            HumeEmulator.connect().requests("/v0/evi/*").areEmpty();
                        })));
    }

    @TestFactory
    Stream<DynamicTest> usersCredential_isNeverPassedOn() {
        return Stream.of("copying", "reactive", "propagating", "code").map(client -> DynamicTest.dynamicTest(client, () -> {
            forget();
            asUser("/users/" + client);
            assertAccountsToken(carried());
        }));
    }

    @Test
    void usersCredential_doesNotReplaceTheCallsOwn() {
        asUser("/users/tenant");
        assertThat(values(carried(), KEY)).containsExactly("of-the-call");
        assertThat(values(carried(), AUTHORIZATION)).isEmpty();
    }

    @Test
    void usersCredential_doesNotReplaceAMissingOne() {
        assertThat(asUser("/users/missing")).isEqualTo("MISSING_CREDENTIALS");
        HumeEmulator.connect().requests("/v0/evi/*").areEmpty();
    }

    private static String asUser(String path) {
        return RestAssured.given().header(AUTHORIZATION, "Bearer of-the-user").header(KEY, "of-the-user").get(path).asString();
    }

    private static QuarkusRestClientBuilder builder() {
        return QuarkusRestClientBuilder.newBuilder().baseUri(HumeEmulator.connect().uri().resolve("/v0/evi/configs"));
    }

    private static RestClientBuilder portable() {
        return RestClientBuilder.newBuilder().baseUri(HumeEmulator.connect().uri().resolve("/v0/evi/configs"));
    }

    private static Map<String, List<String>> carried() {
        return HumeEmulator.connect().requests("/v0/evi/*").single().headers();
    }

    private static List<String> values(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream()).toList();
    }
}
