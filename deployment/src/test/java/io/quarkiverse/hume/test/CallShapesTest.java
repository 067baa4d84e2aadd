package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;

import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.quarkus.rest.client.reactive.ClientFormParam;
import io.quarkus.rest.client.reactive.ClientQueryParam;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;

/**
 * Calls are authenticated, and retried after a 401, whatever other features of the REST client the method or its parameters
 * use.
 */
class CallShapesTest {

    private static final String KEY = "X-Hume-Api-Key";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ApplicationToken.class, Shapes.class, Mapped.class,
                    Tenants.class, TenantKey.class, TenantKeys.class));

    @Path("/v0/evi")
    @RegisterRestClient(configKey = "shapes")
    @HumeAuthenticated
    @ClientQueryParam(name = "of-the-type", value = "1")
    public interface Shapes {
        @GET
        @Path("/configs")
        @ClientQueryParam(name = "page", value = "{page}")
        String query();

        @POST
        @Path("/echo")
        @ClientFormParam(name = "of-the-method", value = "1")
        Response form(@FormParam("field") String field);

        @GET
        @Path("/configs")
        @Produces(MediaType.SERVER_SENT_EVENTS)
        Multi<String> events();

        default String page() {
            return "2";
        }

        default String calling() {
            return query();
        }
    }

    /** It receives what the caller would receive, which does not include a 401 after which the call is retried. */
    @Path("/v0/evi")
    @RegisterRestClient(configKey = "mapped")
    @HumeAuthenticated
    public interface Mapped {
        @GET
        @Path("/configs")
        String get();

        @ClientExceptionMapper
        static RuntimeException map(Response response) {
            return response.getStatus() == 401 ? new IllegalStateException("mapped") : null;
        }
    }

    /** The REST client does not send its {@code toString()}. */
    public record TenantKey(String key) {
        @Override
        public String toString() {
            return "text";
        }
    }

    public static class TenantKeys implements ParamConverterProvider {
        @Override
        @SuppressWarnings("unchecked")
        public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
            return type != TenantKey.class ? null : (ParamConverter<T>) new ParamConverter<TenantKey>() {
                @Override
                public TenantKey fromString(String value) {
                    return new TenantKey(value);
                }

                @Override
                public String toString(TenantKey value) {
                    return value == null ? null : value.key();
                }
            };
        }
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "tenants")
    @RegisterProvider(TenantKeys.class)
    @HumeAuthenticated
    public interface Tenants {
        @GET
        String converted(@HeaderParam(KEY) TenantKey key);

        @GET
        String set(@HeaderParam(KEY) Set<String> keys);

        @GET
        String sorted(@HeaderParam(KEY) SortedSet<String> keys);

        @GET
        String optionalList(@HeaderParam(KEY) Optional<List<String>> keys);

        @GET
        String multivalued(@RestHeader MultivaluedMap<String, String> headers);
    }

    @RestClient
    Shapes shapes;
    @RestClient
    Mapped mapped;
    @RestClient
    Tenants tenants;

    @BeforeEach
    void forget() {
        HumeEmulator.connect().forgetRequests();
    }

    private Map<String, Callable<Object>> calls() {
        Map<String, Callable<Object>> calls = new LinkedHashMap<>();
        calls.put("query parameter of an annotation", shapes::query);
        calls.put("default method", shapes::calling);
        calls.put("form parameter of an annotation", () -> accepted(() -> shapes.form("1")));
        calls.put("events", () -> shapes.events().collect().asList().await().indefinitely());
        calls.put("exception mapper", mapped::get);
        return calls;
    }

    @TestFactory
    Stream<DynamicTest> call_carriesTheAccountsToken() {
        return calls().entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
            forget();
            call.getValue().call();
            Map<String, List<String>> headers = HumeEmulator.connect().requests("/v0/evi/*").single().headers();
            assertThat(values(headers, "Authorization")).singleElement().asString().startsWith("Bearer emulator-token-");
            assertThat(values(headers, KEY)).isEmpty();
        }));
    }

    @TestFactory
    Stream<DynamicTest> revokedToken_isReplacedAndTheCallRepeated() {
        return calls().entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
            ApplicationToken.revoke();
            call.getValue().call();
            HumeEmulator.connect().requests("/v0/evi/*").haveStatuses(401,
                    call.getKey().startsWith("form") ? 404 : 200);
        }));
    }

    /** The emulator has nothing at the path of the form. */
    private static Object accepted(Callable<Response> call) throws Exception {
        try {
            return call.call();
        } catch (WebApplicationException e) {
            return e.getResponse();
        }
    }

    private Map<String, Consumer<String>> parameters() {
        Map<String, Consumer<String>> calls = new LinkedHashMap<>();
        calls.put("converted", key -> tenants.converted(new TenantKey(key)));
        calls.put("set", key -> tenants.set(Set.of(key)));
        calls.put("sorted set", key -> tenants.sorted(new TreeSet<>(Set.of(key))));
        calls.put("optional list", key -> tenants.optionalList(Optional.of(List.of(key))));
        return calls;
    }

    @TestFactory
    Stream<DynamicTest> parameter_isSentAsTheRestClientSendsIt() {
        Map<String, Consumer<String>> calls = parameters();
        calls.put("map", key -> {
            MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
            headers.putSingle(KEY, key);
            tenants.multivalued(headers);
        });
        return calls.entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
            forget();
            // The emulator does not know the key, which is the caller's own.
            assertThatThrownBy(() -> call.getValue().accept("own")).isInstanceOf(WebApplicationException.class)
                    .hasMessageContaining("401");
            Map<String, List<String>> headers = HumeEmulator.connect().requests("/v0/evi/*").single().headers();
            assertThat(values(headers, KEY)).containsExactly("own");
            assertThat(values(headers, "Authorization")).isEmpty();
        }));
    }

    @TestFactory
    Stream<DynamicTest> blankParameter_failsBeforeAnythingIsSent() {
        return parameters().entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
            forget();
            assertThatThrownBy(() -> call.getValue().accept(" "))
                    .isInstanceOfSatisfying(HumeAuthenticationException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.MISSING_CREDENTIALS));
            HumeEmulator.connect().requests("/v0/evi/*").areEmpty();
        }));
    }

    private static List<String> values(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream()).toList();
    }
}
