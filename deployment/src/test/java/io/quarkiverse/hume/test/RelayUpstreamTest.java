package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeRelayUsage;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * The traffic of the relay between a browser and Hume, with access tokens, tracing and all loggers: headers, bodies, frames,
 * the close of either side, billed tokens and back-pressure. No response, log record or span contains a secret.
 */
class RelayUpstreamTest {

    private static final SecretSearch SECRETS = SecretSearch.of(RelayedHume.API_KEY, RelayedHume.SECRET_KEY, RelayedHume.TOKEN);
    private static final String FILE = "/hume/relay/v0/decisions/file";
    private static final String RUN = "/hume/relay/v0/decisions/run";
    private static final String SOCKET = "/hume/relay/v1/expression/audio/realtime";
    /** What the header of basic authentication contains. */
    private static final String USER = BrowserCall.basic("alice", "alice").replace("Basic ", "");
    private static final String CARRIER = "bearer-token-carrier";
    private static final Duration QUIET = Duration.ofMillis(700);

    /** More than what sockets and queues on the way hold, and much less than what is sent. */
    private static final long ON_THE_WAY = RelayedHume.STREAMED / 2;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.signingIn(new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.TRACING))
            .withApplicationRoot(jar -> jar.addClasses(BrowserTokenUsers.class, ForcedExtensions.class, RelayedHume.class,
                    BrowserCall.class, BrowserCall.Answer.class, SecretSearch.class, SpanRecorder.class, Usage.class,
                    RawHandshake.class, ExpiringSignIn.class, EarlyBodyReader.class, LogMessages.class))
            .setBeforeAllCustomizer(RelayedHume::start)
            .setAfterAllCustomizer(RelayedHume::stop)
            .overrideConfigKey("hume.api-key", RelayedHume.API_KEY)
            .overrideConfigKey("hume.secret-key", RelayedHume.SECRET_KEY)
            .overrideConfigKey("hume.base-url", "${relayed.url}")
            .overrideConfigKey("hume.relay.enabled", "true")
            .overrideConfigKey("hume.relay.allow",
                    "POST /v0/decisions/file,GET /v0/decisions/run,WS /v1/expression/audio/realtime")
            .overrideConfigKey("hume.relay.requests-per-minute", "10000")
            .overrideConfigKey("hume.relay.sockets-per-user", "100")
            .overrideConfigKey("hume.relay.max-body-size", "200M")
            .overrideConfigKey("quarkus.http.limits.max-body-size", "1M")
            .overrideConfigKey("quarkus.websockets-next.server.propagate-subprotocol-headers", "true")
            .overrideConfigKey("quarkus.websockets-next.server.supported-subprotocols", "bearer-token-carrier")
            .overrideConfigKey("quarkus.security.users.embedded.users.erin", "erin")
            .overrideConfigKey("quarkus.otel.traces.exporter", "none")
            .overrideConfigKey("quarkus.log.category.\"io.quarkiverse.hume\".level", "TRACE")
            .overrideConfigKey("quarkus.log.category.\"io.quarkiverse.hume\".min-level", "TRACE")
            .overrideConfigKey("quarkus.vertx.max-event-loop-execute-time", "2S")
            .setLogRecordPredicate(record -> true)
            .assertLogRecords(RelayUpstreamTest::assertQuietLog))
            .overrideConfigKey("hume.browser-token.enabled", "false");

    @Inject
    Usage usage;
    @Inject
    SpanRecorder recorder;

    private Vertx vertx;
    private HttpClient http;

    @ApplicationScoped
    public static class Usage {

        private final List<HumeRelayUsage> events = new CopyOnWriteArrayList<>();

        void used(@ObservesAsync HumeRelayUsage usage) {
            events.add(usage);
        }

        public List<HumeRelayUsage> events() {
            return List.copyOf(events);
        }
    }

    /** The sign-in of erin ends soon after each request, like a sign-in with an access token that has a short lifetime. */
    @ApplicationScoped
    public static class ExpiringSignIn implements SecurityIdentityAugmentor {

        @Override
        public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
            return Uni.createFrom().item(identity.isAnonymous() || !identity.getPrincipal().getName().equals("erin") ? identity
                    : QuarkusSecurityIdentity.builder(identity)
                            .addAttribute("quarkus.identity.expire-time", Instant.now().plusSeconds(3).getEpochSecond())
                            .build());
        }
    }

    /** Handlers of the application that read the bodies of requests before the relay does. */
    @ApplicationScoped
    public static class EarlyBodyReader {

        void register(@Observes Router router) {
            BodyHandler keeping = BodyHandler.create();
            router.route("/hume/relay/*").order(-10).handler(context -> {
                String early = context.request().getParam("early");
                if ("kept".equals(early)) {
                    keeping.handle(context);
                } else if ("lost".equals(early)) {
                    context.request().body().onComplete(read -> context.next());
                    context.request().resume();
                } else {
                    context.next();
                }
            });
        }
    }

    private static void assertQuietLog(List<LogRecord> records) {
        String log = SecretSearch.text(records);
        assertThat(SECRETS.findings(log)).isEmpty();
        assertThat(log).doesNotContain("has been blocked for", "Unhandled exception", "Stream reset", "cookie-of-the-user",
                "query-of-the-user", USER);
    }

    @BeforeEach
    void reset() {
        RelayedHume.reset();
        recorder.clear();
        vertx = Vertx.vertx();
        http = vertx.createHttpClient(new HttpClientOptions().setReceiveBufferSize(64 * 1024));
    }

    /** With a token that was requested for no such reason: otherwise the 401 of another test delays the next token. */
    private static void rejectTheNextToken() {
        await().ignoreExceptions().until(() -> {
            Arc.container().select(AccountRegistry.class).get().get(HumeAccount.DEFAULT).renewToken().toCompletableFuture()
                    .join();
            return true;
        });
        RelayedHume.reset();
        RelayedHume.mode("unauthorized-once");
    }

    @AfterEach
    void close() {
        RelayedHume.mode("well");
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private record Received(int status, MultiMap headers, String body) {
    }

    private HttpClientRequest request(HttpMethod method, String uri) throws Exception {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return http.request(method, port, "localhost", uri).map(request -> request
                .putHeader("Authorization", BrowserCall.basic("alice", "alice"))
                .putHeader("Cookie", "session=cookie-of-the-user").putHeader("X-Forwarded-For", "198.51.100.7")
                .putHeader("Forwarded", "for=198.51.100.7").putHeader("Referer", "http://localhost/page-of-the-user")
                .putHeader("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .putHeader("X-Hume-Api-Key", "key-of-the-browser")).toCompletionStage().toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private static Received received(HttpClientResponse answer) throws Exception {
        String body = answer.body().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS).toString();
        return new Received(answer.statusCode(), answer.headers(), body);
    }

    private Received send(HttpMethod method, String uri, Buffer body) throws Exception {
        return read(request(method, uri).send(body));
    }

    private static Received read(Future<HttpClientResponse> response) throws Exception {
        return response.compose(answer -> answer.body()
                .map(text -> new Received(answer.statusCode(), answer.headers(), text.toString()))).toCompletionStage()
                .toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Received get(String uri) throws Exception {
        return send(HttpMethod.GET, uri, Buffer.buffer());
    }

    private static void assertProblem(Received answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.headers().get("Cache-Control")).isEqualTo("no-store");
        assertThat(SECRETS.findings(answer.headers() + answer.body())).isEmpty();
        assertThat(answer.headers().contains("WWW-Authenticate")).isFalse();
    }

    @Test
    void headers_passAsListed_andSecretsNever() throws Exception {
        Received answer = get(
                RUN + "?page_size=1&access_token=query-of-the-user&API_key=query-of-the-user&%61pi_key=query-of-the-user");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().names()).doesNotContain("Set-Cookie", "Access-Control-Allow-Origin", "Server", "Link",
                "Strict-Transport-Security", "ETag");
        assertThat(answer.headers().get("X-Request-Id")).isEqualTo("req-1");
        assertThat(SECRETS.findings(answer.headers() + answer.body())).isEmpty();
        assertThat(RelayedHume.requests()).singleElement().asString().startsWith("GET /v0/decisions/run?page_size=1 ")
                .contains("Bearer " + RelayedHume.TOKEN).doesNotContain("cookie-of-the-user", "198.51.100.7", "Basic ",
                        "key-of-the-browser", "query-of-the-user", "page-of-the-user", "0af7651916cd43dd8448eb211c80319c",
                        "X-Forwarded", "Via");
    }

    /** Browsers do not encode these characters, and Quarkus rejects them before the relay receives the request. */
    @ParameterizedTest
    @ValueSource(strings = { "filter={}", "or=a|b", "or=a^b", "or=a`b", "or=a\\b" })
    void queriesThatAreNotEncoded_areRejected(String query) throws Exception {
        assertThat(get(RUN + "?" + query).status()).isEqualTo(400);
        assertThat(get(RUN + "?" + query.substring(0, query.indexOf('=') + 1)
                + URLEncoder.encode(query.substring(query.indexOf('=') + 1), StandardCharsets.UTF_8)).status()).isEqualTo(200);
        assertThat(RelayedHume.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({ "redirect,502", "proxy-password,502", "closed,502", "unauthorized,502", "unprocessable,422", "limited,429" })
    void statusesOfHume_areForwardedOrReplaced(String mode, int status) throws Exception {
        RelayedHume.mode(mode);
        Received answer = get(RUN);
        assertThat(answer.status()).isEqualTo(status);
        if (status == 502) {
            assertProblem(answer, 502);
            assertThat(answer.headers().contains("Location")).isFalse();
        } else if (status == 429) {
            assertThat(answer.headers().get("Retry-After")).isEqualTo("17");
        } else {
            assertThat(answer.body()).contains("question_invalid");
        }
        await().until(() -> !recorder.named("hume relay").isEmpty());
        assertThat(SpanRecorder.attributes(recorder.named("hume relay").get(0)))
                .containsEntry("hume.relay.operation", "GET /v0/decisions/run").containsEntry("hume.account", "<default>")
                .containsEntry("hume.relay.outcome", status != 502 ? "relayed"
                        : mode.equals("unauthorized") ? "rejected" : "unreachable");
        assertThat(SECRETS.findings(String.join("\n", recorder.lines()))).isEmpty();
    }

    @Test
    void rejectedToken_isReplaced_andTheKeptBodyIsSentAgain() throws Exception {
        rejectTheNextToken();
        Received answer = send(HttpMethod.POST, FILE, Buffer.buffer(new byte[1_000]));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(RelayedHume.requests()).hasSize(2);
        assertThat(RelayedHume.received().get()).isEqualTo(2_000);
    }

    @Test
    void rejectedToken_withoutAKeptBody_isAnsweredWithRetryAfter() throws Exception {
        rejectTheNextToken();
        Received answer = send(HttpMethod.POST, FILE, Buffer.buffer(new byte[1 << 20]));
        assertProblem(answer, 503);
        assertThat(answer.headers().get("Retry-After")).isEqualTo("1");
        assertThat(send(HttpMethod.POST, FILE, Buffer.buffer(new byte[1 << 20])).status()).isEqualTo(200);
    }

    /** The server reads no part of the body before it has decided on the request, and the client does not send it in vain. */
    @Test
    void expectedContinue_isSentOnlyForBodiesThatAreTaken() throws Exception {
        assertThat(expecting("alice", 1_000)).containsExactly("100", "200", "1000");
        assertThat(expecting("alice", 1 << 20)).containsExactly("100", "200", String.valueOf(1 << 20));
        assertThat(expecting("alice", 201 << 20)).containsExactly("413", "0");
        assertThat(expecting("stranger", 1_000)).containsExactly("401", "0");
    }

    /** @return the statuses in their order, and how many bytes of the body Hume has received */
    private List<String> expecting(String user, int length) throws Exception {
        RelayedHume.reset();
        List<String> statuses = new CopyOnWriteArrayList<>();
        HttpClientRequest request = request(HttpMethod.POST, FILE);
        request.putHeader("Authorization", BrowserCall.basic(user, user)).putHeader("Expect", "100-continue")
                .putHeader("Content-Length", String.valueOf(length));
        request.exceptionHandler(left -> {
            // It stays incomplete if it is rejected.
        });
        request.continueHandler(go -> {
            statuses.add("100");
            request.end(Buffer.buffer(new byte[length]));
        });
        Future<HttpClientResponse> answer = request.response();
        request.sendHead();
        statuses.add(String.valueOf(answer.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS).statusCode()));
        statuses.add(String.valueOf(RelayedHume.received().get()));
        return statuses;
    }

    @Test
    void bodyOfAGetRequest_isRejected() throws Exception {
        assertProblem(send(HttpMethod.GET, RUN, Buffer.buffer("lost")), 400);
        HttpClientRequest chunked = request(HttpMethod.GET, RUN);
        chunked.exceptionHandler(left -> {
            // It stays incomplete.
        });
        chunked.setChunked(true).write("lost");
        assertProblem(received(chunked.response().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS)), 400);
        assertThat(RelayedHume.requests()).isEmpty();
        assertThat(send(HttpMethod.GET, RUN, Buffer.buffer()).status()).as("Content-Length: 0").isEqualTo(200);
    }

    /** The relay's client frames the request that Hume receives, so a body cannot become a request of its own. */
    @ParameterizedTest
    @ValueSource(strings = { "Content-Length: %d\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 3",
            "Content-Length: 5\r\nContent-Length: %d", "Content-Length: %d\r\nContent-Length: 5", "Content-Length: %d, 5",
            "Transfer-Encoding : chunked\r\nContent-Length: %d", "Transfer-Encoding: xchunked\r\nContent-Length: %d",
            "Transfer-Encoding: chunked, identity", "Transfer-Encoding:\u000bchunked\r\nContent-Length: %d",
            "Content-Length: +%d", "Content-Length: %d\r\nConnection: Content-Length", "Content-Length: %d" })
    void requestWithinABody_isNotSentToHume(String framing) throws Exception {
        String body = "0\r\n\r\nGET /v0/tts/voices HTTP/1.1\r\nHost: hume\r\n\r\n";
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        try (Socket connection = new Socket("localhost", port)) {
            connection.setSoTimeout(30_000);
            connection.getOutputStream().write(("POST " + FILE + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Authorization: Basic " + USER + "\r\n" + String.format(framing, body.length()) + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine()).startsWith("HTTP/1.1 ");
        }
        assertThat(RelayedHume.requests()).hasSizeLessThanOrEqualTo(1)
                .allMatch(request -> request.startsWith("POST /v0/decisions/file "));
    }

    @Test
    void bodyThatTheApplicationHasRead_isSentOrReported() throws Exception {
        try (LogMessages log = new LogMessages()) {
            assertThat(send(HttpMethod.POST, FILE + "?early=kept", Buffer.buffer(new byte[1_000])).status()).isEqualTo(200);
            assertThat(sendChunked(FILE + "?early=kept", "application/octet-stream", "chunked").status()).isEqualTo(200);
            assertThat(RelayedHume.received().get()).isEqualTo(1_000 + "chunked".length());
            assertThat(log.of("HUME0098")).singleElement().asString().contains("multipart bodies cannot be relayed");
            assertThat(log.of("HUME0074")).isEmpty();
        }
        RelayedHume.reset();
        try (LogMessages log = new LogMessages()) {
            assertProblem(send(HttpMethod.POST, FILE + "?early=lost", Buffer.buffer(new byte[1_000])), 500);
            assertThat(log.of("HUME0074")).singleElement().asString().contains("POST /v0/decisions/file");
        }
        assertProblem(sendChunked(FILE + "?early=lost", "application/octet-stream", "chunked"), 500);
        assertThat(RelayedHume.requests()).isEmpty();
    }

    /** A body handler of Vert.x Web does not keep the bytes of a multipart body. */
    @Test
    void multipartBodyThatABodyHandlerHasRead_isReported() throws Exception {
        String type = "multipart/form-data; boundary=limit";
        String body = "--limit\r\nContent-Disposition: form-data; name=\"question\"\r\n\r\nwhy\r\n--limit--\r\n";
        try (LogMessages log = new LogMessages()) {
            assertProblem(read(request(HttpMethod.POST, FILE + "?early=kept").putHeader("Content-Type", type)
                    .send(Buffer.buffer(body))), 500);
            assertProblem(sendChunked(FILE + "?early=kept", type, body), 500);
            assertThat(log.of("HUME0074")).hasSize(2);
        }
        assertThat(RelayedHume.requests()).isEmpty();
        assertThat(sendChunked(FILE, type, body).status()).isEqualTo(200);
        assertThat(RelayedHume.received().get()).isEqualTo(body.length());
    }

    /** Without {@code Content-Length}. */
    private Received sendChunked(String uri, String type, String body) throws Exception {
        HttpClientRequest request = request(HttpMethod.POST, uri).setChunked(true).putHeader("Content-Type", type);
        Future<HttpClientResponse> answer = request.response();
        request.end(body);
        return read(answer);
    }

    /** Without an upgrade: the browser and the server agree on HTTP/2 before. */
    @Test
    void http2_isRelayed() throws Exception {
        http = vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
        assertThat(get(RUN).status()).isEqualTo(200);
        assertThat(send(HttpMethod.POST, FILE, Buffer.buffer(new byte[1 << 20])).status()).isEqualTo(200);
        assertThat(RelayedHume.received().get()).isEqualTo(1 << 20);
        assertProblem(send(HttpMethod.POST, FILE, Buffer.buffer(new byte[201 << 20])), 413);
        RelayedHume.mode("unauthorized");
        assertProblem(get(RUN), 502);
    }

    @Test
    void truncatedResponse_isNotReportedAsComplete() throws Exception {
        RelayedHume.mode("broken-stream");
        HttpClientResponse answer = request(HttpMethod.GET, RUN).send().toCompletionStage().toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        assertThat(answer.body().toCompletionStage().handle((body, failure) -> failure != null).toCompletableFuture()
                .get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void billedTokens_areReportedForTheUser() throws Exception {
        int before = usage.events().size();
        send(HttpMethod.POST, FILE, Buffer.buffer("abc"));
        get(RUN);
        send(HttpMethod.POST, FILE, Buffer.buffer("abc"));
        await().until(() -> usage.events().size() == before + 2);
        List<HumeRelayUsage> events = usage.events();
        assertThat(events).last().satisfies(event -> {
            assertThat(event.user()).contains("alice");
            assertThat(event.operation()).isEqualTo("POST /v0/decisions/file");
            assertThat(event.inputTokens()).isEqualTo(7);
            assertThat(event.totalInputTokens()).isEqualTo(events.stream().mapToLong(HumeRelayUsage::inputTokens).sum());
        });
    }

    @Test
    void billedTokensOfAResponseThatBreaksOff_areReported() throws Exception {
        int before = usage.events().size();
        RelayedHume.mode("billed-then-broken");
        HttpClientResponse answer = request(HttpMethod.POST, FILE).send(Buffer.buffer("abc")).toCompletionStage()
                .toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(answer.body().toCompletionStage().handle((body, failure) -> failure != null).toCompletableFuture()
                .get(20, TimeUnit.SECONDS)).isTrue();
        await().until(() -> usage.events().size() == before + 1);
        assertThat(usage.events()).last().extracting(HumeRelayUsage::inputTokens).isEqualTo(5L);
    }

    /** Hume has the first part before the browser has sent the last one, and nothing of it is kept on the way. */
    @Test
    void upload_isStreamed_andPausedWhileHumeDoesNotRead() throws Exception {
        HttpClientRequest request = request(HttpMethod.POST, FILE);
        request.setChunked(true);
        request.exceptionHandler(left -> {
            // It is given up below.
        });
        request.write(Buffer.buffer(new byte[1_000]));
        await().until(() -> RelayedHume.received().get() == 1_000);

        RelayedHume.reset();
        RelayedHume.mode("slow-reader");
        AtomicLong written = new AtomicLong();
        HttpClientRequest held = request(HttpMethod.POST, FILE);
        held.setChunked(true);
        vertx.runOnContext(start -> write(held, written));
        assertHeld(written);
        RelayedHume.mode("well");
        assertThat(received(held.response().toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS)).status())
                .isEqualTo(200);
        assertThat(RelayedHume.received().get()).isEqualTo(RelayedHume.STREAMED);
        request.reset();
    }

    private static void write(HttpClientRequest request, AtomicLong written) {
        while (written.get() < RelayedHume.STREAMED) {
            if (request.writeQueueFull()) {
                request.drainHandler(drained -> write(request, written));
                return;
            }
            request.write(Buffer.buffer(new byte[64 * 1024]));
            written.addAndGet(64 * 1024);
        }
        request.end();
    }

    @Test
    void response_isPausedWhileTheBrowserDoesNotRead_andComplete() throws Exception {
        RelayedHume.mode("stream");
        AtomicLong read = new AtomicLong();
        LinkedBlockingQueue<HttpClientResponse> answers = new LinkedBlockingQueue<>();
        request(HttpMethod.GET, RUN).send().onSuccess(answer -> {
            answer.pause();
            answer.handler(piece -> read.addAndGet(piece.length()));
            answer.endHandler(end -> read.addAndGet(1));
            answers.add(answer);
        });
        HttpClientResponse answer = answers.poll(20, TimeUnit.SECONDS);
        assertHeld(RelayedHume.sent());
        answer.resume();
        await().atMost(Duration.ofMinutes(2)).until(() -> read.get() == RelayedHume.STREAMED + 1);
    }

    /** The sender has stopped long before the end of its data. A slow machine does not make this assertion fail. */
    private static void assertHeld(AtomicLong sent) {
        await().until(() -> sent.get() > 0);
        AtomicLong last = new AtomicLong(-1);
        await().atMost(Duration.ofMinutes(1)).pollInterval(QUIET).until(() -> last.getAndSet(sent.get()) == sent.get());
        assertThat(sent.get()).isBetween(1L, ON_THE_WAY);
    }

    private WebSocket connect(LinkedBlockingQueue<String> messages) throws Exception {
        return connect(messages, true);
    }

    private WebSocket connect(LinkedBlockingQueue<String> messages, boolean reading) throws Exception {
        return connect("alice", messages, reading);
    }

    private WebSocket connect(String user, LinkedBlockingQueue<String> messages, boolean reading) throws Exception {
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost("localhost").setPort(ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class))
                .setURI(SOCKET).putHeader("Authorization", BrowserCall.basic(user, user))
                .putHeader("Cookie", "session=cookie-of-the-user").putHeader("Sec-WebSocket-Protocol", "token-of-the-user");
        WebSocketClientOptions client = new WebSocketClientOptions();
        client.setReceiveBufferSize(64 * 1024);
        return vertx.createWebSocketClient(client).connect(options).map(socket -> {
            socket.textMessageHandler(messages::add);
            socket.closeHandler(closed -> messages.add("closed " + socket.closeStatusCode() + " " + socket.closeReason()));
            if (!reading) {
                socket.pause();
            }
            return socket;
        }).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static String next(LinkedBlockingQueue<String> messages) throws InterruptedException {
        return messages.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void socket_hasTheCredentialAndNothingOfTheBrowser() throws Exception {
        LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        WebSocket socket = connect(messages);
        socket.writeTextMessage("hello");
        assertThat(next(messages)).isEqualTo("echo hello");
        assertThat(RelayedHume.requests()).singleElement().asString().contains(RelayedHume.TOKEN).doesNotContain(
                "cookie-of-the-user", "Basic ", "Origin", "token-of-the-user", "permessage-deflate");
        assertThat(socket.subProtocol()).isNull();
    }

    /** With a client that, as a browser, rejects a response that names a sub-protocol that it has not offered. */
    @Test
    void subProtocolSignIn_opensTheSocket_andStaysHere() throws Exception {
        LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        java.net.http.WebSocket socket = java.net.http.HttpClient.newHttpClient().newWebSocketBuilder()
                .subprotocols(RawHandshake.subProtocol("Authorization", BrowserCall.basic("alice", "alice")), CARRIER)
                .buildAsync(URI.create("ws://localhost:"
                        + ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class) + SOCKET),
                        new java.net.http.WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(java.net.http.WebSocket connection, CharSequence text,
                                    boolean last) {
                                messages.add(text.toString());
                                connection.request(1);
                                return null;
                            }
                        })
                .get(20, TimeUnit.SECONDS);
        assertThat(socket.getSubprotocol()).isEqualTo(CARRIER);
        socket.sendText("hello", true);
        assertThat(next(messages)).isEqualTo("echo hello");
        assertThat(RelayedHume.requests()).singleElement().asString().contains(RelayedHume.TOKEN)
                .doesNotContainIgnoringCase("sec-websocket-protocol", "quarkus-http-upgrade", CARRIER, USER);
        await().until(() -> !recorder.named("hume relay").isEmpty());
        assertThat(String.join("\n", recorder.lines())).doesNotContain("quarkus-http-upgrade", USER,
                RawHandshake.encoded(USER));
        socket.abort();
    }

    @ParameterizedTest
    @CsvSource({
            "Authorization#Basic YWxpY2U6YWxpY2U=,              , 101",
            "authorization#Basic YWxpY2U6YWxpY2U=,              , 101",
            "Authorization#Basic YWxpY2U6d3Jvbmc=,              , 401",
            "Authorization#Basic YWxpY2U6YWxpY2U=, evil.example , 403",
            "Origin#http://evil.example,                        , 400",
            "Host#evil.example,                     evil.example, 400",
            "X-Forwarded-Host#evil.example,         evil.example, 400",
            "Forwarded#host=evil.example,           evil.example, 400",
            "X-Forwarded-For#192.0.2.1,                         , 400",
            "X-Remote-User#alice,                               , 400",
            "Cookie#session=1,                                  , 400",
            "Authorization,                                     , 400",
            "Authorization#Basic#x,                             , 400",
            "%zz,                                               , 400" })
    void onlyTheCredentialOfTheUser_isReadInASubProtocol(String header, String origin, int status) {
        String name = header.startsWith("%") ? "quarkus-http-upgrade" + header
                : RawHandshake.encoded("quarkus-http-upgrade#" + header);
        List<String> headers = new ArrayList<>();
        headers.add("Sec-WebSocket-Protocol: " + CARRIER + ", " + name);
        if (origin != null) {
            headers.add("Origin: http://" + origin);
        }
        if (!header.contains("Basic Y")) {
            headers.add("Authorization: Basic " + USER);
        }
        List<String> head = RawHandshake.head(SOCKET, headers.toArray(String[]::new));
        assertThat(RawHandshake.status(head)).as(head.toString()).isEqualTo(status);
        if (status == 101) {
            assertThat(head).filteredOn(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-protocol"))
                    .singleElement().asString().endsWith(": " + CARRIER);
        } else {
            assertThat(RelayedHume.requests()).isEmpty();
            assertThat(status == 401 || head.stream().anyMatch(line -> line.equalsIgnoreCase("Cache-Control: no-store")))
                    .as("all but the response of Quarkus").isTrue();
        }
    }

    @Test
    void subProtocolWithACredential_isNotTheOnlyOne_andHasNoPlaceToHide() {
        String credential = RawHandshake.subProtocol("Authorization", "Basic " + USER);
        String other = RawHandshake.subProtocol("Origin", "http://evil.example");
        assertThat(RawHandshake.status(RawHandshake.head(SOCKET, "Sec-WebSocket-Protocol: " + credential))).isEqualTo(400);
        assertThat(RawHandshake.status(RawHandshake.head(SOCKET, "Sec-WebSocket-Protocol: " + CARRIER + "," + credential,
                "Sec-WebSocket-Protocol: " + other))).isEqualTo(400);
        assertThat(RawHandshake.status(RawHandshake.head(SOCKET.replace("v1", "%76%31"), "Sec-WebSocket-Protocol: " + CARRIER
                + "," + credential + "," + other))).isEqualTo(400);
        assertThat(RelayedHume.requests()).isEmpty();
    }

    /** A frame of the maximum size could become a thousand times as large. */
    @Test
    void compression_isNotNegotiated() {
        List<String> head = RawHandshake.head(SOCKET, "Authorization: Basic " + USER,
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
        assertThat(RawHandshake.status(head)).isEqualTo(101);
        assertThat(head).noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-extensions"));
    }

    @Test
    void endOfTheSignIn_closesTheSocket() throws Exception {
        LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        WebSocket socket = connect("erin", messages, true);
        socket.writeTextMessage("hello");
        assertThat(next(messages)).isEqualTo("echo hello");
        assertThat(next(messages)).isEqualTo("closed 1008 The sign-in of the user has ended.");
        await().until(() -> RelayedHume.messages().stream().anyMatch(message -> message.startsWith("closed 1001")));
    }

    @Test
    void closing_isPassedOnBothWays() throws Exception {
        LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        connect(messages).writeTextMessage("close");
        assertThat(next(messages)).isEqualTo("closed 4321 because of me");
        WebSocket other = connect(messages);
        other.close((short) 3456, "enough");
        await().until(() -> RelayedHume.messages().contains("closed 3456 enough"));
    }

    @Test
    void connectionThatBreaks_isClosedAsAnError() throws Exception {
        RelayedHume.mode("cut");
        LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        connect(messages);
        String first = next(messages);
        assertThat(first.equals("hello") ? next(messages) : first).startsWith("closed 1011");
    }

    @Test
    void browserThatDisconnects_leavesNoSocketToHume() throws Exception {
        LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        connect(messages).writeTextMessage("hello");
        assertThat(next(messages)).isEqualTo("echo hello");
        vertx.close().toCompletionStage().toCompletableFuture().join();
        await().until(() -> RelayedHume.messages().stream().anyMatch(message -> message.startsWith("closed 10")));
    }

    /** All of it is sent while the browser's side is still being opened. */
    @Test
    void earlyFrames_areNotLost() throws Exception {
        for (int i = 0; i < 20; i++) {
            RelayedHume.mode("burst");
            LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
            connect(messages);
            for (String expected : IntStream.range(0, 1_000).mapToObj(number -> "number " + number).toList()) {
                assertThat(next(messages)).isEqualTo(expected);
            }
            assertThat(next(messages)).isEqualTo("closed 4000 that was all");
        }
    }

    @Test
    void fragments_areOneMessage() throws Exception {
        RelayedHume.mode("fragments");
        LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        connect(messages);
        assertThat(next(messages)).isEqualTo("one two");
    }

    @Test
    void framesOfHume_arePausedWhileTheBrowserDoesNotRead_andComplete() throws Exception {
        RelayedHume.mode("stream");
        LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        WebSocket socket = connect(messages, false);
        AtomicLong read = new AtomicLong();
        socket.handler(data -> read.addAndGet(data.length()));
        assertHeld(RelayedHume.sent());
        socket.resume();
        await().atMost(Duration.ofMinutes(2)).until(() -> read.get() == RelayedHume.STREAMED);
        assertThat(next(messages)).isEqualTo("closed 4000 that was all");
    }

    @Test
    void framesOfTheBrowser_arePausedWhileHumeDoesNotRead_andComplete() throws Exception {
        RelayedHume.mode("slow-reader");
        LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        WebSocket socket = connect(messages);
        AtomicLong written = new AtomicLong();
        vertx.runOnContext(start -> write(socket, written));
        assertHeld(written);
        RelayedHume.mode("well");
        await().atMost(Duration.ofMinutes(2)).until(() -> RelayedHume.received().get() == RelayedHume.STREAMED);
    }

    private static void write(WebSocket socket, AtomicLong written) {
        while (written.get() < RelayedHume.STREAMED) {
            if (socket.writeQueueFull()) {
                socket.drainHandler(drained -> write(socket, written));
                return;
            }
            socket.writeBinaryMessage(Buffer.buffer(new byte[32 * 1024]));
            written.addAndGet(32 * 1024);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 401, 403, 404, 429, 500 })
    void socketThatHumeRejects_isRejectedBeforeTheUpgrade(int status) {
        RelayedHume.mode("refuse-" + status);
        assertThat(RawHandshake.status(SOCKET, BrowserCall.basic("alice", "alice"), null))
                .isEqualTo(status == 404 || status == 429 ? status : 502);
    }

    @Test
    void socketWithARejectedToken_isOpenedWithAnother() throws Exception {
        rejectTheNextToken();
        LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        connect(messages).writeTextMessage("hello");
        assertThat(next(messages)).isEqualTo("echo hello");
        assertThat(RelayedHume.requests()).hasSize(2);
    }

    /** If sockets open with the next token, it was the token that was rejected, and not the path. */
    @Test
    void rejectionsOfSocketsThatANewTokenEnds_areNoWarning() {
        rejectTheNextToken();
        try (LogMessages log = new LogMessages()) {
            for (int round = 0; round < 4; round++) {
                await().ignoreExceptions().until(() -> {
                    RelayedHume.reset();
                    RelayedHume.mode("unauthorized-once");
                    LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
                    connect(messages).writeTextMessage("hello");
                    return next(messages).equals("echo hello") && RelayedHume.requests().size() == 2;
                });
            }
            assertThat(log.of("HUME0008")).hasSizeGreaterThanOrEqualTo(4);
            assertThat(log.of("HUME0009")).isEmpty();
        }
    }
}
