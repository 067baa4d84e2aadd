package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ContextResolver;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.client.handlers.AdvancedRedirectHandler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.rest.client.reactive.ClientRedirectHandler;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.SocketAddress;

/**
 * A credential is kept within its origin on every kind of redirect, and only responses to requests with the credential affect
 * the token.
 */
class RedirectTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ScriptedHume.class, RedirectingServers.class, SecretSearch.class))
            .setBeforeAllCustomizer(() -> {
                ScriptedHume.start();
                RedirectingServers.start();
            })
            .overrideConfigKey("hume.api-key", ScriptedHume.API_KEY)
            .overrideConfigKey("hume.secret-key", ScriptedHume.SECRET_KEY)
            .overrideConfigKey("hume.base-url", "${scripted.url}")
            .overrideConfigKey("hume.accounts.\"unproven\".api-key", ScriptedHume.API_KEY)
            .overrideConfigKey("hume.accounts.\"unproven\".secret-key", ScriptedHume.SECRET_KEY)
            .overrideConfigKey("hume.accounts.\"unproven\".base-url", "${scripted.url}")
            .overrideConfigKey("hume.accounts.\"unproven\".token.retry.max-wait", "0S")
            .overrideConfigKey("quarkus.rest-client.unproven.url", "http://127.0.0.1:${redirects.a}")
            .overrideConfigKey("quarkus.rest-client.follow-redirects", "true")
            .overrideConfigKey("quarkus.rest-client.default-handler.url", "http://127.0.0.1:${redirects.a}")
            .overrideConfigKey("quarkus.rest-client.own-handler.url", "http://127.0.0.1:${redirects.a}");

    @Path("/v0/hop")
    @RegisterRestClient(configKey = "default-handler")
    @HumeAuthenticated
    public interface DefaultHandler {
        @GET
        Response get(@QueryParam("path") String path, @QueryParam("status") int status, @QueryParam("end") int end);

        @GET
        Response to(@QueryParam("location") String location, @QueryParam("path") String path);

        @GET
        @HumeAuthenticated(strategy = HumeStrategy.API_KEY)
        Response withKey(@QueryParam("path") String path, @QueryParam("status") int status, @QueryParam("end") int end);
    }

    /** The REST client creates a request without headers from the result of such a handler. */
    @Path("/v0/hop")
    @RegisterRestClient(configKey = "own-handler")
    @HumeAuthenticated
    public interface OwnHandler {
        @GET
        Response get(@QueryParam("path") String path, @QueryParam("status") int status, @QueryParam("end") int end);

        @GET
        @HumeAuthenticated(strategy = HumeStrategy.API_KEY)
        Response withKey(@QueryParam("path") String path, @QueryParam("status") int status, @QueryParam("end") int end);

        @GET
        Response own(@HeaderParam("Authorization") String header, @QueryParam("path") String path,
                @QueryParam("status") int status, @QueryParam("end") int end);

        @ClientRedirectHandler
        static URI redirect(Response response) {
            return response.getStatus() >= 300 && response.getStatus() < 400 ? response.getLocation() : null;
        }
    }

    @Path("/v0/hop")
    @HumeAuthenticated
    public interface Built {
        @GET
        Response get(@QueryParam("path") String path, @QueryParam("status") int status, @QueryParam("end") int end);
    }

    @Path("/v0/hop")
    @RegisterRestClient(configKey = "unproven")
    @HumeAuthenticated(account = "unproven")
    public interface Unproven {
        @GET
        Response get(@QueryParam("path") String path, @QueryParam("status") int status, @QueryParam("end") int end);
    }

    @RestClient
    DefaultHandler defaultHandler;
    @RestClient
    Unproven unproven;
    @Inject
    @HumeAccount("unproven")
    HumeTokens unprovenTokens;
    @RestClient
    OwnHandler ownHandler;
    @Inject
    HumeTokens tokens;

    @BeforeEach
    void forget() {
        // A token that was rejected before may be replaced only after a pause.
        await().ignoreExceptions().until(() -> defaultHandler.get("", 302, 200).getStatus() == 200);
        RedirectingServers.forget();
    }

    private static int status(Supplier<Response> call) {
        try {
            return call.get().getStatus();
        } catch (WebApplicationException e) {
            return e.getResponse().getStatus();
        }
    }

    private String token(String origin) {
        return origin + " Bearer " + tokens.await().value() + " null";
    }

    private static String key(String origin) {
        return origin + " null " + ScriptedHume.API_KEY;
    }

    private static String nothing(String origin) {
        return origin + " null null";
    }

    @ParameterizedTest
    @ValueSource(ints = { 301, 302, 303, 307, 308 })
    void withinTheOrigin_isKept(int status) {
        assertThat(defaultHandler.get("a,a", status, 200).getStatus()).isEqualTo(200);
        assertThat(ownHandler.get("a,a", status, 200).getStatus()).isEqualTo(200);
        assertThat(RedirectingServers.seen()).hasSize(6).containsOnly(token("a"));
        RedirectingServers.forget();
        defaultHandler.withKey("a", status, 200);
        ownHandler.withKey("a", status, 200);
        assertThat(RedirectingServers.seen()).hasSize(4).containsOnly(key("a"));
    }

    @ParameterizedTest
    @ValueSource(ints = { 301, 302, 303, 307, 308 })
    void toAnotherOrigin_isTakenOff(int status) {
        defaultHandler.get("b,b", status, 200);
        ownHandler.get("b,b", status, 200);
        assertThat(RedirectingServers.seen()).containsExactly(token("a"), nothing("b"), nothing("b"), token("a"),
                nothing("b"), nothing("b"));
        RedirectingServers.forget();
        defaultHandler.withKey("b", status, 200);
        ownHandler.withKey("b", status, 200);
        assertThat(RedirectingServers.seen()).containsExactly(key("a"), nothing("b"), key("a"), nothing("b"));
    }

    @Test
    void backToTheFirstOrigin_carriesNothing() {
        defaultHandler.get("a,b,a,a", 302, 200);
        ownHandler.get("a,b,a,a", 307, 200);
        List<String> chain = List.of(token("a"), token("a"), nothing("b"), nothing("a"), nothing("a"));
        assertThat(RedirectingServers.seen()).startsWith(chain.toArray(String[]::new)).endsWith(chain.toArray(String[]::new))
                .hasSize(10);
    }

    /** Four answers of 401 to requests without a credential: it is neither replaced nor doubted, and nothing is repeated. */
    @ParameterizedTest
    @ValueSource(strings = { "b", "b,a", "a,b,a,a", "b,b" })
    void unauthorizedWithoutACredential_rejectsNothing(String path) {
        AccessToken before = tokens.await();
        assertThat(status(() -> defaultHandler.get(path, 302, 401))).isEqualTo(401);
        assertThat(status(() -> ownHandler.get(path, 307, 401))).isEqualTo(401);
        assertThat(RedirectingServers.seen()).hasSize(2 * (path.split(",").length + 1));
        assertThat(tokens.await()).isSameAs(before);
    }

    /** Once rejected, a token stays in use only if an answer has confirmed it. */
    @Test
    void responsesToRequestsWithoutACredential_doNotConfirmTheToken() {
        AccessToken token = unprovenTokens.await();
        for (int end : new int[] { 200, 204, 403 }) {
            status(() -> unproven.get("b", 302, end));
        }
        assertThat(RedirectingServers.seen()).hasSize(6)
                .containsOnly("a Bearer " + token.value() + " null", nothing("b"));
        unprovenTokens.reject(token);
        try {
            assertThat(unprovenTokens.await()).isNotEqualTo(token);
        } catch (HumeAuthenticationException e) {
            // There is no other one yet.
            assertThat(e).hasMessageNotContaining(token.value());
        }
    }

    /** It was kept, so the 401 is about it: replaced, and repeated once from the beginning. */
    @ParameterizedTest
    @CsvSource({ "a,302", "a,307" })
    void unauthorizedWithTheCredential_isRetried(String path, int status) {
        // There is one newer token in a growing interval, and other tests have had theirs.
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            RedirectingServers.forget();
            assertThat(status(() -> ownHandler.get(path, status, 401))).isEqualTo(401);
            return RedirectingServers.seen().size() != 2;
        });
        assertThat(RedirectingServers.seen()).hasSize(4).allMatch(line -> line.contains(" Bearer " + ScriptedHume.TOKEN));
        String before = RedirectingServers.seen().get(0);
        assertThat(RedirectingServers.seen().subList(0, 2)).containsOnly(before);
        assertThat(RedirectingServers.seen().subList(2, 4)).doesNotContain(before);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/v0/hop", "?x=1", "//127.0.0.1:{a}/v0/hop", "http://127.0.0.1:{a}/v0/hop?a=%20b",
            "http://user:password@127.0.0.1:{a}/v0/hop", "http://127.0.0.1:{a}/v0/a%20b%2Fc#d" })
    void locationsWithinTheOrigin_keepTheCredential(String location) {
        String address = location.replace("{a}", System.getProperty("redirects.a"));
        assertThat(defaultHandler.to(address, "x").getStatus()).isEqualTo(200);
        assertThat(RedirectingServers.seen()).containsExactly(token("a"), token("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://127.0.0.1:{b}/v0/hop", "http://localhost:{a}/v0/hop", "http://127.0.0.2:{a}/v0/hop",
            "//127.0.0.1:{b}", "http://127.0.0.1.:{a}/", "http://[::ffff:127.0.0.1]:{a}/", "http://2130706433:{a}/",
            "https://127.0.0.1:{a}/", "HTTP://127.0.0.1:{b}/", "HTTPS://127.0.0.1:{b}/",
            "HTTPS://127.0.0.1:{a}/", "hTTp://localhost:{a}/", "//127.0.0.1:{b}/", "\\\\127.0.0.1:{b}/", "wss://127.0.0.1:{b}/",
            "/\\127.0.0.1:{b}/", "http:127.0.0.1:{b}/", "http://127.1:{a}/", "http://0x7f.1:{b}/", "ftp://127.0.0.1:{b}/",
            "http://0.0.0.0:{a}/",
            "http://127.0.0.1:{a}@127.0.0.1:{b}/" })
    void locationsOfOtherOrigins_neverReceiveTheCredential(String location) {
        String address = location.replace("{a}", System.getProperty("redirects.a")).replace("{b}",
                System.getProperty("redirects.b"));
        try {
            defaultHandler.to(address, "x");
        } catch (RuntimeException e) {
            assertThat(SecretSearch.of(ScriptedHume.TOKEN).findings(SecretSearch.text(e))).isEmpty();
        }
        assertThat(RedirectingServers.seen().get(0)).isEqualTo(token("a"));
        assertThat(RedirectingServers.seen().stream().skip(1)).noneMatch(line -> line.contains(ScriptedHume.TOKEN));
    }

    @Test
    void headerOfTheApplication_isNotAddedAgain() {
        ownHandler.own("Bearer of-the-application", "a", 307, 200);
        assertThat(RedirectingServers.seen()).containsExactly("a Bearer of-the-application null", nothing("a"));
    }

    /** Options that lead the connection to another place than their host says. */
    @Test
    void optionsWithAnotherServer_getNoCredential() {
        int a = Integer.getInteger("redirects.a");
        int b = Integer.getInteger("redirects.b");
        RequestOptions toA = new RequestOptions().setHost("127.0.0.1").setPort(a).setSsl(false).setURI("/v0/hop");
        built(new RequestOptions(toA)).get("a", 302, 200);
        assertThat(RedirectingServers.seen()).containsExactly(token("a"), token("a"));
        List<RequestOptions> elsewhere = List.of(
                new RequestOptions(toA).setServer(SocketAddress.inetSocketAddress(b, "127.0.0.1")),
                new RequestOptions(toA).setProxyOptions(new ProxyOptions().setHost("127.0.0.1").setPort(b)),
                new RequestOptions().setPort(a).setURI("/v0/hop"), new RequestOptions(toA).setPort(b));
        for (RequestOptions options : elsewhere) {
            RedirectingServers.forget();
            try {
                built(options).get("a", 302, 200);
            } catch (RuntimeException e) {
                // The HTTP client may not like such options; what counts is what was sent.
                assertThat(e).isNotNull();
            }
            assertThat(RedirectingServers.seen()).startsWith(token("a")).filteredOn(line -> line.contains("Bearer"))
                    .hasSize(1);
        }
    }

    private static Built built(RequestOptions target) {
        AdvancedRedirectHandler handler = context -> context.jaxRsResponse().getStatus() == 302 ? target : null;
        return QuarkusRestClientBuilder.newBuilder().baseUri(URI.create(RedirectingServers.url("a"))).followRedirects(true)
                .register(new Resolver(handler)).build(Built.class);
    }

    public static final class Resolver implements ContextResolver<AdvancedRedirectHandler> {

        private final AdvancedRedirectHandler handler;

        Resolver(AdvancedRedirectHandler handler) {
            this.handler = handler;
        }

        @Override
        public AdvancedRedirectHandler getContext(Class<?> type) {
            return handler;
        }
    }
}
