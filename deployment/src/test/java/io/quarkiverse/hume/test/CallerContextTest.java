package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.RestPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkus.arc.Arc;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Callers of every kind wait for one token request that succeeds, fails or times out. Afterwards, each continues on the
 * context of its own request, with its own local data and MDC.
 */
class CallerContextTest {

    private static final int OF_EACH_KIND = 12;
    private static final HttpClient BROWSER = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final boolean VIRTUAL_THREADS = Runtime.version().feature() >= 21;
    private static final List<String> KINDS = new ArrayList<>(List.of("uni", "stage", "blocking", "tokens", "handshake"));

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> {
                jar.addClasses(Callers.class, Hume.class, Api.class, Keys.class);
                if (VIRTUAL_THREADS) {
                    jar.addClass(VirtualThreadCallers.class);
                }
            })
            .overrideConfigKey("hume.devservices.enabled", "false")
            .overrideConfigKey("hume.strategy", "token")
            .overrideConfigKey("hume.base-url", "http://localhost:${quarkus.http.test-port:8081}")
            .overrideConfigKey("hume.token.acquire-at-startup", "false")
            .overrideConfigKey("hume.token.check-every", "1H")
            .overrideRuntimeConfigKey("hume.accounts.\"succeeds\".token.path", "/oauth2-cc/succeeds")
            .overrideRuntimeConfigKey("hume.accounts.\"fails\".token.path", "/oauth2-cc/fails")
            .overrideRuntimeConfigKey("hume.accounts.\"hangs\".token.path", "/oauth2-cc/hangs")
            .overrideRuntimeConfigKey("hume.accounts.\"plain\".token.path", "/oauth2-cc/plain")
            .overrideRuntimeConfigKey("hume.accounts.\"paced\".token.path", "/oauth2-cc/paced")
            .overrideRuntimeConfigKey("hume.accounts.\"paced\".rate-limit.requests-per-minute", "10000")
            .overrideRuntimeConfigKey("hume.accounts.\"hangs\".token.timeout", "3S");

    static {
        if (VIRTUAL_THREADS) {
            KINDS.add("virtual");
        }
        for (String account : List.of("succeeds", "fails", "hangs", "plain", "paced")) {
            String prefix = "hume.accounts.\"" + account + "\".";
            APPLICATION.overrideConfigKey(prefix + "strategy", "token")
                    .overrideConfigKey(prefix + "base-url", "http://localhost:${quarkus.http.test-port:8081}")
                    .overrideConfigKey(prefix + "token.acquire-at-startup", "false")
                    .overrideConfigKey(prefix + "token.check-every", "1H")
                    .overrideConfigKey(prefix + "token.retry.max-retries", "0");
            if (!account.equals("hangs")) {
                APPLICATION.overrideConfigKey(prefix + "token.timeout", "60S");
            }
        }
    }

    /** The token endpoint and the API. */
    @Path("/")
    public static class Hume {

        static final Map<String, CompletableFuture<Response>> ANSWERS = new ConcurrentHashMap<>();
        /** How many requests are answered 429 from now on. */
        static final AtomicInteger REFUSALS = new AtomicInteger();

        static CompletableFuture<Response> answer(String account) {
            return ANSWERS.computeIfAbsent(account, name -> new CompletableFuture<>());
        }

        @POST
        @Path("/oauth2-cc/{account}")
        @NonBlocking
        public CompletionStage<Response> token(@RestPath String account) {
            return answer(account);
        }

        @GET
        @Path("/v0/evi/configs")
        @NonBlocking
        public Response configs() {
            return REFUSALS.getAndUpdate(left -> Math.max(0, left - 1)) > 0
                    ? Response.status(429).header("Retry-After", "3").build()
                    : Response.ok("configs").build();
        }
    }

    @Path("/v0/evi/configs")
    public interface Api {
        @GET
        Uni<String> uni();

        @GET
        CompletionStage<String> stage();

        @GET
        String plain();
    }

    /** Records the context on which the extension calls it for all callers. */
    @ApplicationScoped
    public static class Keys implements HumeCredentialsProvider {

        static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();

        @Override
        public Uni<HumeCredentials> getCredentials(String account) {
            SEEN.add(account + ": local " + Vertx.currentContext().getLocal("caller") + ", MDC " + MDC.get("caller")
                    + ", request scope " + Arc.container().requestContext().isActive());
            return Uni.createFrom().item(HumeCredentials.of("key", "secret"));
        }
    }

    /** Each method answers with the context that it has when it continues. */
    @Path("/callers/{account}/{id}")
    public static class Callers {

        static final AtomicInteger CALLED = new AtomicInteger();

        @Inject
        @HumeAccount("succeeds")
        HumeTokens succeeds;
        @Inject
        @HumeAccount("fails")
        HumeTokens fails;
        @Inject
        @HumeAccount("hangs")
        HumeTokens hangs;
        @Inject
        @HumeAccount("succeeds")
        HumeWebSockets succeedsSockets;
        @Inject
        @HumeAccount("fails")
        HumeWebSockets failsSockets;
        @Inject
        @HumeAccount("hangs")
        HumeWebSockets hangsSockets;

        private final Map<String, Api> clients = new ConcurrentHashMap<>();

        private Api client(String account) {
            return clients.computeIfAbsent(account, name -> QuarkusRestClientBuilder.newBuilder()
                    .baseUri(URI.create("http://localhost:"
                            + ConfigProvider.getConfig().getValue("quarkus.http.test-port", String.class)))
                    .register(new HumeRequestFilter(name)).build(Api.class));
        }

        private static Context mark(String id) {
            ContextLocals.put("caller", id);
            MDC.put("caller", id);
            CALLED.incrementAndGet();
            return Vertx.currentContext();
        }

        private static String seen(Context own, Throwable failure) {
            boolean same = Vertx.currentContext() == own;
            // With an answer, the REST client itself may continue on a copy of the context.
            return (failure == null ? "succeeded" : same ? "failed on the same context" : "failed on another context") + " "
                    + ContextLocals.get("caller").orElse("nothing") + " " + MDC.get("caller");
        }

        private static <T> BiFunction<T, Throwable, String> seen(Context own) {
            return (value, failure) -> seen(own, failure);
        }

        @GET
        @Path("/uni")
        @NonBlocking
        public Uni<String> uni(@RestPath String account, @RestPath String id) {
            Context own = mark(id);
            return client(account).uni().onItemOrFailure().transform(seen(own));
        }

        @GET
        @Path("/stage")
        @NonBlocking
        public CompletionStage<String> stage(@RestPath String account, @RestPath String id) {
            Context own = mark(id);
            return client(account).stage().handle(seen(own));
        }

        @GET
        @Path("/blocking")
        @Blocking
        public String blocking(@RestPath String account, @RestPath String id) {
            return plain(account, id);
        }

        String plain(String account, String id) {
            Context own = mark(id);
            try {
                client(account).plain();
            } catch (RuntimeException e) {
                return seen(own, e);
            }
            return seen(own, null);
        }

        @GET
        @Path("/tokens")
        @NonBlocking
        public Uni<String> tokens(@RestPath String account, @RestPath String id) {
            Context own = mark(id);
            HumeTokens tokens = account.equals("succeeds") ? succeeds : account.equals("fails") ? fails : hangs;
            return tokens.get().onItemOrFailure().transform(seen(own));
        }

        @GET
        @Path("/handshake")
        @NonBlocking
        public Uni<String> handshake(@RestPath String account, @RestPath String id) {
            Context own = mark(id);
            HumeWebSockets sockets = account.equals("succeeds") ? succeedsSockets
                    : account.equals("fails") ? failsSockets : hangsSockets;
            return sockets.handshake(URI.create("ws://localhost/v0/evi/chat")).onItemOrFailure().transform(seen(own));
        }
    }

    @Inject
    @HumeAccount("plain")
    HumeTokens plain;

    @ParameterizedTest
    @ValueSource(strings = { "succeeds", "fails", "hangs" })
    void callersOfEveryKind_continueOnTheirOwnContext(String outcome) throws Exception {
        Keys.SEEN.clear();
        Callers.CALLED.set(0);
        String expected = outcome.equals("succeeds") ? "succeeded" : "failed on the same context";
        List<String> ids = new ArrayList<>();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < OF_EACH_KIND; i++) {
            for (String kind : KINDS) {
                String id = outcome + "-" + kind + "-" + i;
                ids.add(id);
                answers.add(call(outcome, id, kind));
            }
        }
        await().until(() -> Callers.CALLED.get() == ids.size());
        if (outcome.equals("succeeds")) {
            Hume.answer(outcome).complete(Response.ok("{\"access_token\":\"token\",\"expires_in\":1800}").build());
        } else if (outcome.equals("fails")) {
            Hume.answer(outcome).complete(Response.status(503).build());
        }
        for (int i = 0; i < ids.size(); i++) {
            HttpResponse<String> answer = answers.get(i).get(60, TimeUnit.SECONDS);
            assertThat(answer.body()).isEqualTo(expected + " " + ids.get(i) + " " + ids.get(i));
        }
        assertThat(Keys.SEEN).containsExactly(outcome + ": local null, MDC null, request scope false");
        Hume.answer(outcome).complete(Response.serverError().build());
    }

    /** The first is sent again after a 429. The others wait for the end of its Retry-After; then there is no token any more. */
    @Test
    void callersThatWaitForTheLimitAndFail_continueOnTheirOwnContext() throws Exception {
        Hume.ANSWERS.put("paced", CompletableFuture
                .completedFuture(Response.ok("{\"access_token\":\"token\",\"expires_in\":2}").build()));
        Hume.REFUSALS.set(1);
        CompletableFuture<HttpResponse<String>> first = call("paced", "first", "uni");
        await().until(() -> Hume.REFUSALS.get() == 0);
        Hume.ANSWERS.put("paced", CompletableFuture.completedFuture(Response.status(503).build()));
        List<String> ids = new ArrayList<>();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < OF_EACH_KIND; i++) {
            for (String kind : List.of("uni", "stage", "blocking")) {
                ids.add("paced-" + kind + "-" + i);
                answers.add(call("paced", ids.get(ids.size() - 1), kind));
            }
        }
        for (int i = 0; i < ids.size(); i++) {
            HttpResponse<String> answer = answers.get(i).get(60, TimeUnit.SECONDS);
            assertThat(answer.body()).isEqualTo("failed on the same context " + ids.get(i) + " " + ids.get(i));
        }
        assertThat(first.get(60, TimeUnit.SECONDS).body()).isEqualTo("succeeded first first");
    }

    private static CompletableFuture<HttpResponse<String>> call(String account, String id, String kind) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return BROWSER.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/callers/" + account + "/" + id
                + "/" + kind)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void callersOnNoContext_continueOnOneEach() throws Exception {
        int callers = 50;
        Set<Context> seen = ConcurrentHashMap.newKeySet();
        Set<Object> others = ConcurrentHashMap.newKeySet();
        CountDownLatch continued = new CountDownLatch(callers);
        for (int i = 0; i < callers; i++) {
            int caller = i;
            Thread thread = new Thread(() -> plain.get().subscribe().with(token -> {
                seen.add(Vertx.currentContext());
                Object before = Vertx.currentContext().getLocal("caller");
                if (before != null) {
                    others.add(before);
                }
                Vertx.currentContext().putLocal("caller", caller);
                continued.countDown();
            }));
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            thread.start();
            thread.join(Duration.ofSeconds(10).toMillis());
        }
        Hume.answer("plain").complete(Response.ok("{\"access_token\":\"token\",\"expires_in\":1800}").build());
        assertThat(continued.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).hasSize(callers);
        assertThat(others).isEmpty();
    }
}
