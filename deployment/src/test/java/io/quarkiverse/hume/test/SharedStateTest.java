package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;
import redis.embedded.RedisServer;

/** Two processes of one packaged application share state in a real Redis. */
class SharedStateTest {

    private static final long LIMIT = 30;

    @RegisterExtension
    static final QuarkusProdModeTest BUILD = new QuarkusProdModeTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.REDIS, ForcedExtensions.REST,
                    ForcedExtensions.SECURITY))
            .withApplicationRoot(jar -> jar.addClasses(Hooks.class))
            .setApplicationName("shared-state")
            .overrideConfigKey("hume.base-url", "http://127.0.0.1:1")
            .overrideConfigKey("hume.shared-state", "redis")
            // An answer must not miss it on a busy machine.
            .overrideConfigKey("hume.shared-state.timeout", "10S")
            .overrideConfigKey("hume.relay.enabled", "true")
            .overrideConfigKey("hume.relay.allow", "GET /v0/decisions/run")
            .overrideConfigKey("hume.relay.requests-per-minute", String.valueOf(LIMIT))
            .overrideConfigKey("quarkus.http.auth.basic", "true")
            .overrideConfigKey("quarkus.security.users.embedded.enabled", "true")
            .overrideConfigKey("quarkus.security.users.embedded.plain-text", "true")
            .overrideConfigKey("quarkus.security.users.embedded.users.alice", "alice")
            .overrideConfigKey("quarkus.security.users.embedded.users.bob", "bob");

    @Path("/hooks")
    public static class Hooks {

        @POST
        @HumeWebhook
        public String received(String body) {
            if (body.contains("fail")) {
                throw new IllegalStateException("not processed");
            }
            return "received";
        }
    }

    @ProdBuildResults
    ProdModeTestResults build;

    @TempDir
    java.nio.file.Path logs;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Instance> instances = new ArrayList<>();
    private RedisServer redis;

    private record Instance(Process process, int port, java.nio.file.Path log) {

        long lines(String code) {
            try (var lines = Files.lines(log)) {
                return lines.filter(line -> line.contains(code)).count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (Instance instance : instances) {
            instance.process().destroyForcibly().waitFor();
        }
        if (redis != null) {
            redis.stop();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private Instance start(String name, int redisPort) throws Exception {
        Instance instance = run(name, Map.of("QUARKUS_REDIS_HOSTS", "redis://127.0.0.1:" + redisPort));
        await().atMost(2, TimeUnit.MINUTES).until(() -> instance.lines("Listening on") == 1);
        return instance;
    }

    /** Does not wait until it has started. */
    private Instance run(String name, Map<String, String> environment) throws IOException {
        int port = freePort();
        java.nio.file.Path log = logs.resolve(name);
        ProcessBuilder command = new ProcessBuilder(java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-XX:TieredStopAtLevel=1", "-Dquarkus.http.port=" + port, "-jar",
                build.getBuildDir().resolve("quarkus-app").resolve("quarkus-run.jar").toString());
        command.environment().remove("QUARKUS_REDIS_HOSTS");
        command.environment().put("HUME_API_KEY", WebhookCalls.KEY);
        command.environment().putAll(environment);
        Instance instance = new Instance(command.redirectErrorStream(true).redirectOutput(log.toFile()).start(), port, log);
        instances.add(instance);
        return instance;
    }

    private int deliver(Instance instance, String body, long timestamp) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + instance.port() + "/hooks"))
                .header("Content-Type", "application/json")
                .header("X-Hume-AI-Webhook-Signature", WebhookCalls.sign(WebhookCalls.KEY, body, timestamp))
                .header("X-Hume-AI-Webhook-Timestamp", String.valueOf(timestamp))
                .POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()).statusCode();
    }

    private int relay(Instance instance, String user) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + instance.port()
                + "/hume/relay/v0/decisions/run")).header("Authorization", BrowserCall.basic(user, user)).build(),
                BodyHandlers.ofString()).statusCode();
    }

    @Test
    void instances_actAsOne_andEachByItselfWithoutRedis() throws Exception {
        int redisPort = freePort();
        redis = new RedisServer(redisPort);
        redis.start();
        Instance one = start("one", redisPort);
        Instance other = start("other", redisPort);

        String body = WebhookCalls.body();
        long now = WebhookCalls.now();
        assertThat(deliver(one, body, now)).isEqualTo(200);
        int replayed = deliver(one, body, now);
        assertThat(replayed).isBetween(400, 409);
        assertThat(deliver(other, body, now)).isEqualTo(replayed);
        String failing = "{\"fail\":1}";
        assertThat(deliver(one, failing, now)).isEqualTo(500);
        assertThat(deliver(other, failing, now)).as("given back").isEqualTo(500);

        assertThat(admitted(List.of(one, other), "alice", 200)).isEqualTo(LIMIT);
        assertThat(relay(other, "alice")).isEqualTo(429);
        assertThat(relay(other, "bob")).isEqualTo(502);

        redis.stop();
        String during = WebhookCalls.body();
        now = WebhookCalls.now();
        assertThat(deliver(one, during, now)).isEqualTo(200);
        assertThat(deliver(one, during, now)).isEqualTo(replayed);
        assertThat(deliver(other, during, now)).as("each for itself").isEqualTo(200);
        assertThat(admitted(List.of(one), "bob", 100)).isBetween(LIMIT - 1, LIMIT);
        await().atMost(1, TimeUnit.MINUTES).until(() -> one.lines("HUME0080") == 1 && other.lines("HUME0080") == 1);

        redis = new RedisServer(redisPort);
        redis.start();
        await().atMost(2, TimeUnit.MINUTES).until(() -> one.lines("HUME0081") == 1 && other.lines("HUME0081") == 1);
        String after = WebhookCalls.body();
        now = WebhookCalls.now();
        assertThat(deliver(one, after, now)).isEqualTo(200);
        assertThat(deliver(other, after, now)).isEqualTo(replayed);
        assertThat(one.lines("HUME0080") + other.lines("HUME0080")).isEqualTo(2);
        assertThat(one.lines("blocked") + other.lines("blocked")).isZero();
    }

    @Test
    void addressOfRedis_isNeededAtTheStart() throws Exception {
        Instance instance = run("without", Map.of());
        assertThat(instance.process().waitFor(2, TimeUnit.MINUTES)).as(Files.readString(instance.log())).isTrue();
        assertThat(instance.process().exitValue()).isNotZero();
        assertThat(Files.readString(instance.log()))
                .contains("(hume.shared-state=redis), but its Redis client is not active. Set"
                        + " quarkus.redis.hosts to the address of Redis")
                .doesNotContain("Uncaught exception");
    }

    /** Of so many requests at once, half of them at each instance. */
    private long admitted(List<Instance> instances, String user, int requests) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(requests);
        ExecutorService threads = Executors.newFixedThreadPool(requests);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                Instance instance = instances.get(i % instances.size());
                answers.add(threads.submit(() -> {
                    barrier.await();
                    return relay(instance, user);
                }));
            }
            long admitted = 0;
            for (Future<Integer> answer : answers) {
                int status = answer.get(2, TimeUnit.MINUTES);
                assertThat(status).isIn(429, 502);
                admitted += status == 502 ? 1 : 0;
            }
            return admitted;
        } finally {
            threads.shutdown();
        }
    }
}
