package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkiverse.hume.HumeWebhook;
import io.quarkiverse.hume.runtime.event.AccountListener.BrowserTokenOutcome;
import io.quarkiverse.hume.runtime.event.AccountListener.RateLimitOutcome;
import io.quarkiverse.hume.runtime.event.AccountListener.RelayOutcome;
import io.quarkiverse.hume.runtime.event.AccountListener.RelaySocketEnd;
import io.quarkiverse.hume.runtime.event.AccountListener.UnauthorizedOutcome;
import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.vertx.core.json.JsonObject;

/** A Prometheus scrape after each kind of event returns the metrics that the documentation and the dashboard use. */
class MetricsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.signingIn(new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.METRICS))
            .withApplicationRoot(jar -> jar.addClasses(ForcedExtensions.class, BrowserTokenUsers.class, ApplicationToken.class,
                    BrowserCall.class,
                    BrowserCall.Answer.class, VoiceClient.class, WebhookCalls.class, SocketServer.class))
            .setBeforeAllCustomizer(SocketServer::start)
            .overrideConfigKey("hume.rate-limit.requests-per-minute", "1000")
            .overrideConfigKey("hume.accounts.\"cloud\".strategy", "api-key")
            .overrideConfigKey("hume.accounts.\"single\".retry-on-unauthorized", "false")
            .overrideConfigKey("hume.browser-token.limit-per-minute", "3")
            .overrideConfigKey("hume.relay.enabled", "true")
            .overrideConfigKey("hume.relay.allow", "GET /v0/evi/configs")
            .overrideConfigKey("hume.relay.requests-per-minute", "3")
            .overrideConfigKey("hume.webhook.signing-key", WebhookCalls.KEY)
            .overrideConfigKey("hume.token.check-every", "1H")
            .overrideConfigKey("hume.token.retry.delay", "1MS")
            .overrideConfigKey("hume.token.retry.max-delay", "2MS"));

    private static final String ACCOUNT = "account=\"<default>\"";
    private static final Path DOCUMENTATION = Path.of("../docs/modules/ROOT");

    @jakarta.ws.rs.Path("/hooks")
    public static class Hooks {

        @POST
        @HumeWebhook
        public String received(String body) {
            return body;
        }
    }

    @jakarta.ws.rs.Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "single")
    @HumeAuthenticated(account = "single")
    public interface WithoutRetries {
        @GET
        String get();
    }

    @RestClient
    VoiceClient voice;
    @RestClient
    WithoutRetries withoutRetries;
    @Inject
    HumeTokens tokens;
    @Inject
    HumeWebSockets sockets;
    @Inject
    @HumeAccount("cloud")
    HumeWebSockets cloud;

    @BeforeEach
    void recover() {
        HumeEmulator.connect().recover();
        await().ignoreExceptions().until(() -> voice.plain() != null);
    }

    @Test
    void tokenRequests_areCountedByOutcomeAndTimed() {
        double succeeded = requests("success");
        double refused = requests("credentials_rejected");
        double timed = value("hume_token_request_duration_seconds_count{" + ACCOUNT + "}");
        ApplicationToken.expire();
        HumeEmulator.connect().tokenEndpoint().fail(401);
        assertThatThrownBy(tokens::await).isInstanceOf(HumeAuthenticationException.class);
        assertThat(requests("success")).isEqualTo(succeeded + 1);
        assertThat(requests("credentials_rejected")).isEqualTo(refused + 1);
        assertThat(value("hume_token_request_duration_seconds_count{" + ACCOUNT + "}")).isEqualTo(timed + 2);
        assertThat(value("hume_token_request_duration_seconds_sum{" + ACCOUNT + "}")).isPositive();
        assertThat(value("hume_token_consecutive_failures{" + ACCOUNT + "}")).isPositive();
        assertThat(value("hume_token_remaining_life_seconds{" + ACCOUNT + "}")).isZero();
        recover();
        assertThat(value("hume_token_consecutive_failures{" + ACCOUNT + "}")).isZero();
        assertThat(value("hume_token_remaining_life_seconds{" + ACCOUNT + "}")).isBetween(1700.0, 1800.0);
    }

    @Test
    void rejectedCalls_areCountedByOutcome() {
        double recovered = unauthorized("rest", "recovered");
        HumeEmulator.connect().revokeTokens();
        voice.plain();
        assertThat(unauthorized("rest", "recovered")).isEqualTo(recovered + 1);

        double once = unauthorized("rest", "not_repeatable");
        HumeEmulator.connect().revokeTokens();
        assertThatThrownBy(() -> voice.upload(new ByteArrayInputStream("once".getBytes()))).hasMessageContaining("401");
        assertThat(unauthorized("rest", "not_repeatable")).isEqualTo(once + 1);

        recover();
        double noOther = unauthorized("rest", "no_other_credential");
        double again = unauthorized("rest", "rejected_again");
        HumeEmulator.connect().api().fail(HumeFault.status(401).body("{}"));
        assertThatThrownBy(() -> voice.withApiKey()).hasMessageContaining("401");
        assertThatThrownBy(() -> voice.plain()).hasMessageContaining("401");
        assertThat(unauthorized("rest", "no_other_credential")).isEqualTo(noOther + 1);
        assertThat(unauthorized("rest", "rejected_again")).isEqualTo(again + 1);

        recover();
        double none = unauthorized("rest", "no_credential");
        HumeEmulator.connect().revokeTokens();
        HumeEmulator.connect().tokenEndpoint().fail(401);
        assertThatThrownBy(() -> voice.plain()).isInstanceOf(HumeAuthenticationException.class);
        assertThat(unauthorized("rest", "no_credential")).isEqualTo(none + 1);
        assertThat(unauthorized("rest", "recovered")).as("none of the others").isEqualTo(recovered + 1);
    }

    @Test
    void rejectedCallsWithoutRetries_areCounted() {
        await().ignoreExceptions().until(() -> withoutRetries.get() != null);
        String notRetried = "hume_unauthorized_calls_total{account=\"single\",outcome=\"not_retried\",transport=\"rest\"}";
        double single = value(notRetried);
        HumeEmulator.connect().revokeTokens();
        assertThatThrownBy(() -> withoutRetries.get()).hasMessageContaining("401");
        assertThat(value(notRetried)).isEqualTo(single + 1);
    }

    @Test
    void rejectedHandshakes_areCountedByOutcome() {
        double recovered = unauthorized("websocket", "recovered");
        double again = unauthorized("websocket", "rejected_again");
        double none = unauthorized("websocket", "no_credential");
        String noOther = "hume_unauthorized_calls_total{account=\"cloud\",outcome=\"no_other_credential\","
                + "transport=\"websocket\"}";
        double cloudNoOther = value(noOther);
        SocketServer.refuse(1, 401);
        connect(sockets);
        SocketServer.refuse(2, 401);
        assertThatThrownBy(() -> connect(sockets)).isNotNull();
        SocketServer.refuse(1, 401);
        assertThatThrownBy(() -> connect(cloud)).hasMessageContaining("401");
        SocketServer.refuse(1, 401);
        recover();
        HumeEmulator.connect().tokenEndpoint().fail(401);
        assertThatThrownBy(() -> connect(sockets)).isInstanceOf(HumeAuthenticationException.class);
        assertThat(unauthorized("websocket", "recovered")).isEqualTo(recovered + 1);
        assertThat(unauthorized("websocket", "rejected_again")).isEqualTo(again + 1);
        assertThat(unauthorized("websocket", "no_credential")).isEqualTo(none + 1);
        assertThat(value(noOther)).isEqualTo(cloudNoOther + 1);
    }

    private static void connect(HumeWebSockets account) {
        URI server = URI.create("ws://127.0.0.1:" + System.getProperty("sockets.port") + "/v0/evi/chat");
        account.connect(server, BasicWebSocketConnector::create).await().indefinitely().closeAndAwait();
    }

    @Test
    void browserTokens_areCountedByAnswer() {
        String path = "/hume/token";
        BrowserCall.as("alice").get(path);
        BrowserCall.anonymous().get(path);
        BrowserCall.as("alice").send("PUT", path);
        for (int i = 0; i < 3; i++) {
            BrowserCall.as("alice").get(path);
        }
        ApplicationToken.expire();
        HumeEmulator.connect().tokenEndpoint().fail(401);
        BrowserCall.as("bob").get(path);
        assertThat(Stream.of(BrowserTokenOutcome.values()).map(outcome -> outcome + " "
                + (int) value("hume_browser_token_responses_total{" + ACCOUNT + "," + outcome(outcome) + "}")))
                .containsExactly("ISSUED 3", "DENIED 1", "LIMITED 1", "UNAVAILABLE 1", "METHOD_NOT_ALLOWED 1", "FAILED 0");
    }

    @Test
    void relayedRequests_areCountedByOutcome() {
        String relay = "/hume/relay/v0/evi/";
        BrowserCall.as("alice").get(relay + "configs");
        BrowserCall.as("alice").get(relay + "chats");
        BrowserCall.as("alice").header("Origin", "https://evil.example").get(relay + "configs");
        BrowserCall.as("alice").get(relay + "configs");
        BrowserCall.anonymous().get(relay + "configs");
        HumeEmulator.connect().api().fail(HumeFault.status(401).body("{}"));
        BrowserCall.as("bob").get(relay + "configs");
        assertThat(Stream.of(RelayOutcome.values()).map(outcome -> outcome + " "
                + (int) value("hume_relay_requests_total{" + ACCOUNT + "," + outcome(outcome) + "}")))
                .containsExactly("RELAYED 1", "DENIED 1", "LIMITED 1", "FOREIGN_PAGE 1", "NOT_ALLOWED 1", "TOO_LARGE 0",
                        "NO_CREDENTIAL 0", "REJECTED 1", "UNREACHABLE 0", "TIMED_OUT 0", "ABANDONED 0", "FAILED 0");
        assertThat(unauthorized("relay", "rejected_again")).isEqualTo(1);
        assertThat(value("hume_relay_open_sockets{" + ACCOUNT + "}")).isZero();
    }

    @Test
    void rejectionsForTheLimitOfRequests_areCounted() {
        HumeEmulator.connect().api()
                .fail(HumeFault.status(429).header("Retry-After", "0").times(1).afterAuthentication());
        assertThat(voice.plain()).contains("configs_page");
        assertThat(Stream.of(RateLimitOutcome.values()).map(outcome -> outcome + " "
                + (int) value("hume_rate_limit_calls_total{" + ACCOUNT + "," + outcome(outcome) + "}")))
                .containsExactly("DELAYED 0", "FAILED 0", "REPEATED 1", "REFUSED 0");
        assertThat(value("hume_api_key_remaining_life_seconds{" + ACCOUNT + "}")).isNaN();
    }

    @Test
    void webhooks_areCountedByVerdict() {
        WebhookCalls calls = new WebhookCalls();
        String body = WebhookCalls.body();
        String now = String.valueOf(WebhookCalls.now());
        String signature = WebhookCalls.sign(WebhookCalls.KEY, body, now);
        calls.send("/hooks", body, signature, now);
        calls.send("/hooks", body, signature, now);
        calls.send("/hooks", body, null, now);
        calls.send("/hooks", body, "nonsense", now);
        calls.deliver("/hooks", "another key", body);
        calls.send("/hooks", body, signature, "1");
        calls.send("/hooks", body, signature, "99999999999");
        calls.end();
        assertThat(Stream.of(WebhookOutcome.values()).map(outcome -> outcome + " "
                + (int) value("hume_webhook_verifications_total{" + ACCOUNT + "," + outcome(outcome) + "}")))
                .containsExactly("ACCEPTED 1", "UNSIGNED 1", "MALFORMED 1", "FORGED 1", "STALE 1", "FUTURE 1", "REPLAYED 1",
                        "FORGOTTEN 0", "TOO_LARGE 0", "TIMED_OUT 0", "NO_ROOM 0", "UNVERIFIABLE 0");
    }

    @Test
    void everySeries_existsFromTheStartWithClosedTagValues() {
        Set<String> outcomes = Stream.of(HumeAuthenticationException.Reason.values(), UnauthorizedOutcome.values(),
                BrowserTokenOutcome.values(), WebhookOutcome.values(), RelayOutcome.values(), RelaySocketEnd.values(),
                RateLimitOutcome.values())
                .flatMap(Stream::of)
                .map(outcome -> ((Enum<?>) outcome).name().toLowerCase()).collect(Collectors.toCollection(TreeSet::new));
        outcomes.add("success");
        assertThat(tagValues("outcome")).isEqualTo(outcomes);
        assertThat(tagValues("account")).containsExactlyInAnyOrder("<default>", "cloud", "single");
        assertThat(tagValues("transport")).containsExactlyInAnyOrder("rest", "websocket", "relay");
        assertThat(scrape().lines().filter(line -> line.startsWith("hume_token") && line.contains("cloud")))
                .as("an account without tokens").isEmpty();
    }

    private static Set<String> tagValues(String tag) {
        Matcher values = Pattern.compile("[{,]" + tag + "=\"([^\"]*)\"").matcher(scrape().lines()
                .filter(line -> line.startsWith("hume_")).collect(Collectors.joining("\n")));
        return values.results().map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void documentation_namesExistingItems() throws IOException {
        assertThat(namesIn("pages/observability.adoc")).isEqualTo(exposed());
    }

    @Test
    void dashboard_queriesExistingMetrics() throws IOException {
        String file = "attachments/grafana-dashboard.json";
        assertThat(namesIn(file)).isEqualTo(exposed());
        JsonObject dashboard = new JsonObject(read(file));
        assertThat(dashboard.getInteger("schemaVersion")).isGreaterThanOrEqualTo(39);
        assertThat(dashboard.getJsonObject("templating").getJsonArray("list").getJsonObject(0).getString("type"))
                .isEqualTo("datasource");
        assertThat(dashboard.getJsonArray("panels")).isNotEmpty().allSatisfy(panel -> assertThat(
                ((JsonObject) panel).getJsonObject("datasource").getString("uid")).isEqualTo("${datasource}"));
    }

    private static Set<String> exposed() {
        return scrape().lines().filter(line -> line.startsWith("hume_")).map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> namesIn(String file) throws IOException {
        return Pattern.compile("\\bhume_[a-z_]*[a-z]\\b").matcher(read(file)).results().map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(String file) throws IOException {
        return Files.readString(DOCUMENTATION.resolve(file), StandardCharsets.UTF_8);
    }

    private static double requests(String outcome) {
        return value("hume_token_requests_total{" + ACCOUNT + ",outcome=\"" + outcome + "\"}");
    }

    private static double unauthorized(String transport, String outcome) {
        return value("hume_unauthorized_calls_total{" + ACCOUNT + ",outcome=\"" + outcome + "\",transport=\"" + transport
                + "\"}");
    }

    private static String outcome(Enum<?> outcome) {
        return "outcome=\"" + outcome.name().toLowerCase() + "\"";
    }

    private static double value(String series) {
        String scrape = scrape();
        return scrape.lines().filter(line -> line.startsWith(series + " ")).mapToDouble(
                line -> Double.parseDouble(line.substring(series.length() + 1))).findFirst()
                .orElseThrow(() -> new AssertionError("no " + series + " in\n" + scrape.lines()
                        .filter(line -> line.startsWith("hume_")).collect(Collectors.joining("\n"))));
    }

    private static String scrape() {
        return BrowserCall.anonymous().get("/q/metrics").body();
    }
}
