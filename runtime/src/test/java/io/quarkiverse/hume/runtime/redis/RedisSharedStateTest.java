package io.quarkiverse.hume.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.runtime.access.Caller;
import io.quarkiverse.hume.runtime.access.LocalRequestLimit;
import io.quarkiverse.hume.runtime.access.LocalSocketLimit;
import io.quarkiverse.hume.runtime.access.RequestLimit;
import io.quarkiverse.hume.runtime.access.SocketLimit;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;

/** Two instances share state in a real Redis, which works, is stopped, paused, emptied, read-only or full. */
class RedisSharedStateTest {

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration LEASE = Duration.ofMinutes(1);

    /** An answer must not miss it on a busy machine. */
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String SIGNATURE = "5ec7e7516a7e5ec7e7516a7e5ec7e7516a7e5ec7e7516a7e5ec7e7516a7e5ec7";
    private static final Caller ALICE = new Caller(true, "alice@example.com");

    private static RealRedis redis;

    private final Vertx vertx = Vertx.vertx();
    private final List<Redis> clients = new ArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            log.add(record.getMessage());
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    };
    private final Logger logger = Logger.getLogger("io.quarkiverse.hume");

    @BeforeAll
    static void start() throws Exception {
        redis = new RealRedis();
        redis.start();
    }

    @AfterAll
    static void stop() throws Exception {
        redis.stop();
    }

    @BeforeEach
    void empty() throws Exception {
        assertThat(redis.command("FLUSHALL")).isEqualTo("+OK");
        logger.addHandler(listener);
        logger.setLevel(Level.ALL);
    }

    @AfterEach
    void close() {
        logger.removeHandler(listener);
        clients.forEach(Redis::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private RedisSharedState instance(Duration timeout) {
        return instance(timeout, LEASE, "shop");
    }

    private RedisSharedState instance(Duration timeout, Duration lease, String application) {
        Redis client = Redis.createClient(vertx, new RedisOptions().setConnectionString(redis.url()));
        clients.add(client);
        return new RedisSharedState(vertx, client, "the default client", application, timeout, lease);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    private static boolean claim(RedisSharedState instance) throws Exception {
        return claim(instance, SIGNATURE);
    }

    private static boolean claim(RedisSharedState instance, String signature) throws Exception {
        return get(instance.claim("voice", signature, LIFETIME));
    }

    private static RequestLimit limit(RedisSharedState instance, int perMinute) {
        return instance.requests("relay", perMinute, LocalRequestLimit.perMinute(perMinute));
    }

    private static SocketLimit sockets(RedisSharedState instance, int limit) {
        return instance.sockets("relay", limit, new LocalSocketLimit(limit));
    }

    private static boolean isAdmitted(RequestLimit limit, Caller caller) throws Exception {
        return get(limit.admit(caller)).isZero();
    }

    private long lines(String code) {
        return log.stream().filter(line -> line.startsWith(code)).count();
    }

    /** Callers at once, half of them at each instance. */
    private static <T> List<T> together(int callers, IntFunction<T> call) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(callers);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<T>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                int number = i;
                calls.add(threads.submit(() -> {
                    barrier.await();
                    return call.apply(number);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : calls) {
                results.add(one.get(2, TimeUnit.MINUTES));
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void webhook_isAcceptedByOneInstance_untilThatGivesItBack() throws Exception {
        RedisSharedState one = instance(LONG);
        RedisSharedState other = instance(LONG);
        assertThat(claim(one)).isTrue();
        assertThat(claim(other)).isFalse();
        assertThat(get(other.claim("chat", SIGNATURE, LIFETIME))).as("of another account").isTrue();
        assertThat(claim(instance(LONG, LEASE, "bank"))).as("of another application").isTrue();
        assertThat(claim(one)).as("its own memory decides").isTrue();
        other.release("voice", SIGNATURE);
        assertThat(claim(other)).as("an instance gives back what is its own").isFalse();
        one.release("voice", SIGNATURE);
        await().atMost(1, TimeUnit.MINUTES).until(() -> claim(other));
        assertThat(claim(one)).isFalse();
    }

    @Test
    void webhookWithoutAnAnswer_comesAgainAFewTimes() throws Exception {
        List<RedisSharedState> instances = List.of(instance(LONG), instance(LONG));
        for (int i = 0; i < 6; i++) {
            RedisSharedState instance = instances.get(i % 2);
            assertThat(claim(instance)).as("time " + i).isTrue();
            instance.releaseUnanswered("voice", SIGNATURE, 5);
            claim(instance, "behind it " + i);
        }
        assertThat(claim(instances.get(0))).as("five times were given back, the sixth was not").isFalse();
        instances.get(0).releaseUnanswered("voice", SIGNATURE, 5);
        assertThat(claim(instances.get(0))).isFalse();
    }

    @Test
    void webhook_expires() throws Exception {
        assertThat(get(instance(LONG).claim("voice", SIGNATURE, Duration.ofMillis(50)))).isTrue();
        RedisSharedState other = instance(LONG);
        await().atMost(1, TimeUnit.MINUTES).until(() -> claim(other));
    }

    @Test
    void webhook_isAcceptedOnce_of200AtOnce() throws Exception {
        List<RedisSharedState> instances = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            instances.add(instance(LONG));
        }
        List<Boolean> claimed = together(200, number -> {
            try {
                return claim(instances.get(number % 8));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(Collections.frequency(claimed, true)).as("all callers of one of eight instances").isEqualTo(25);
        assertThat(log).isEmpty();
    }

    @Test
    void requestsOfAUser_areLimitedAtAllInstances_of200AtOnce() throws Exception {
        List<RequestLimit> limits = List.of(limit(instance(LONG), 30), limit(instance(LONG), 30));
        List<Duration> waits = together(200, number -> {
            try {
                return get(limits.get(number % 2).admit(ALICE));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(waits.stream().filter(Duration::isZero)).hasSize(30);
        assertThat(waits.stream().filter(wait -> !wait.isZero())).hasSize(170)
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofMillis(1), Duration.ofMinutes(1)));
        assertThat(isAdmitted(limits.get(0), new Caller(true, "bob"))).isTrue();
        assertThat(isAdmitted(limits.get(0), new Caller(false, ALICE.name()))).as("an address is no user").isTrue();
        assertThat(log).isEmpty();
    }

    @Test
    void endpoints_areCountedApart() throws Exception {
        RedisSharedState instance = instance(LONG);
        RequestLimit relay = instance.requests("relay", 1, LocalRequestLimit.perMinute(1));
        RequestLimit token = instance.requests("browser-token", 1, LocalRequestLimit.perMinute(1));
        assertThat(isAdmitted(relay, ALICE)).isTrue();
        assertThat(isAdmitted(relay, ALICE)).isFalse();
        assertThat(isAdmitted(token, ALICE)).isTrue();
    }

    @Test
    void socketsOfAUser_areLimitedAtAllInstances_of200AtOnce() throws Exception {
        List<SocketLimit> limits = List.of(sockets(instance(LONG), 7), sockets(instance(LONG), 7));
        List<SocketLimit.Permit> permits = together(200, number -> {
            try {
                return get(limits.get(number % 2).enter(ALICE));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        List<SocketLimit.Permit> open = permits.stream().filter(permit -> permit != null).toList();
        // Those that are refused by Redis hold a local place for a moment, so fewer may be open; never more.
        assertThat(open).hasSizeBetween(1, 7);
        open.forEach(SocketLimit.Permit::release);
        for (int i = 0; i < 7; i++) {
            SocketLimit limit = limits.get(i % 2);
            await().atMost(1, TimeUnit.MINUTES).until(() -> get(limit.enter(ALICE)) != null);
        }
        assertThat(get(limits.get(0).enter(ALICE))).isNull();
        assertThat(get(limits.get(1).enter(ALICE))).isNull();
    }

    @Test
    void socketsOfAnInstanceThatIsGone_expire_andOthersAreRenewed() throws Exception {
        Duration lease = Duration.ofSeconds(3);
        RedisSharedState gone = instance(LONG, lease, "shop");
        RedisSharedState stays = instance(LONG, lease, "shop");
        SocketLimit limit = sockets(stays, 2);
        assertThat(get(limit.enter(ALICE))).isNotNull();
        assertThat(get(sockets(gone, 2).enter(ALICE))).isNotNull();
        assertThat(get(limit.enter(ALICE))).isNull();
        gone.close();
        await().atMost(1, TimeUnit.MINUTES).until(() -> get(limit.enter(ALICE)) != null);
        // Its renewal also brings back what Redis has lost.
        assertThat(redis.command("FLUSHALL")).isEqualTo("+OK");
        SocketLimit third = sockets(instance(LONG, lease, "shop"), 2);
        await().atMost(1, TimeUnit.MINUTES).until(() -> {
            SocketLimit.Permit permit = get(third.enter(ALICE));
            if (permit != null) {
                permit.release();
            }
            return permit == null;
        });
    }

    /** A failure of Redis and its recovery. */
    private interface Trouble {

        void begin() throws Exception;

        void end() throws Exception;
    }

    private void fails(Duration timeout, Trouble trouble) throws Exception {
        RedisSharedState one = instance(timeout);
        RedisSharedState other = instance(timeout);
        RequestLimit limit = limit(one, 20);
        RequestLimit sameUser = limit(other, 20);
        SocketLimit sockets = sockets(one, 1);
        // Works in the beginning, which a busy machine may delay.
        await().atMost(1, TimeUnit.MINUTES).until(() -> {
            claim(one, "first");
            return !claim(other, "first");
        });
        await().atMost(1, TimeUnit.MINUTES).until(() -> lines("HUME0080") == lines("HUME0081"));
        log.clear();
        trouble.begin();
        try {
            assertThat(claim(one, "during")).isTrue();
            assertThat(claim(other, "during")).as("each for itself").isTrue();
            int admitted = 0;
            for (int i = 0; i < 100; i++) {
                admitted += isAdmitted(limit, ALICE) ? 1 : 0;
            }
            assertThat(admitted).as("the local limit").isEqualTo(20);
            assertThat(isAdmitted(sameUser, ALICE)).isTrue();
            assertThat(get(sockets.enter(ALICE))).isNotNull();
            assertThat(get(sockets.enter(ALICE))).isNull();
            assertThat(lines("HUME0080")).as("one line of each instance").isEqualTo(2);
            assertThat(lines("HUME0081")).isZero();
        } finally {
            trouble.end();
        }
        await().atMost(2, TimeUnit.MINUTES).until(() -> lines("HUME0081") == 2);
        assertThat(claim(one, "after")).isTrue();
        assertThat(claim(other, "after")).isFalse();
        assertThat(isAdmitted(limit, ALICE)).as("what was admitted locally counts").isFalse();
        assertThat(lines("HUME0080")).isEqualTo(2);
        assertThat(lines("HUME0081")).isEqualTo(2);
    }

    @Test
    void stoppedAndStartedEmpty() throws Exception {
        fails(LONG, new Trouble() {
            @Override
            public void begin() throws Exception {
                redis.stop();
            }

            @Override
            public void end() throws Exception {
                redis.start();
            }
        });
    }

    @Test
    void paused() throws Exception {
        long begin = System.nanoTime();
        fails(Duration.ofSeconds(2), new Trouble() {
            @Override
            public void begin() throws Exception {
                redis.pause();
            }

            @Override
            public void end() throws Exception {
                redis.resume();
            }
        });
        // A hundred requests that waited one after the other would have taken 200 seconds.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(150));
    }

    @Test
    void readOnly() throws Exception {
        fails(LONG, configured("min-replicas-to-write", "1", "0"));
        assertThat(log).anyMatch(line -> line.startsWith("HUME0080"));
    }

    @Test
    void replica() throws Exception {
        fails(LONG, new Trouble() {
            @Override
            public void begin() throws Exception {
                assertThat(redis.command("REPLICAOF 127.0.0.1 1")).isEqualTo("+OK");
            }

            @Override
            public void end() throws Exception {
                assertThat(redis.command("REPLICAOF NO ONE")).isEqualTo("+OK");
            }
        });
    }

    @Test
    void full() throws Exception {
        fails(LONG, configured("maxmemory", "1", "0"));
    }

    /** The client's attempt to connect never ends. */
    @Test
    void tooManyClients() throws Exception {
        try (RealRedis.Connection another = redis.connect()) {
            fails(Duration.ofSeconds(2), new Trouble() {
                @Override
                public void begin() throws Exception {
                    assertThat(another.send("CONFIG SET maxclients 1")).isEqualTo("+OK");
                    assertThat(another.send("CLIENT KILL TYPE normal SKIPME yes")).startsWith(":");
                }

                @Override
                public void end() throws Exception {
                    assertThat(another.send("CONFIG SET maxclients 10000")).isEqualTo("+OK");
                }
            });
        }
    }

    private static Trouble configured(String setting, String during, String after) {
        return new Trouble() {
            @Override
            public void begin() throws Exception {
                assertThat(redis.command("CONFIG SET " + setting + " " + during)).isEqualTo("+OK");
            }

            @Override
            public void end() throws Exception {
                assertThat(redis.command("CONFIG SET " + setting + " " + after)).isEqualTo("+OK");
            }
        };
    }

    /** Redis and proxies close connections that are not used. */
    @Test
    void closedConnections_areNoFailure() throws Exception {
        RedisSharedState one = instance(LONG);
        RedisSharedState other = instance(LONG);
        assertThat(claim(one, "a")).isTrue();
        assertThat(claim(other, "a")).isFalse();
        try (RealRedis.Connection connection = redis.connect()) {
            assertThat(connection.send("CLIENT KILL TYPE normal SKIPME yes")).startsWith(":");
        }
        await().atMost(1, TimeUnit.MINUTES)
                .until(() -> redis.command("CLIENT LIST") != null && claim(one, "b") && !claim(other, "b"));
    }

    @Test
    void redis_seesNeitherSignaturesNorNames() throws Exception {
        try (RealRedis.Connection monitor = redis.connect()) {
            assertThat(monitor.send("MONITOR")).isEqualTo("+OK");
            RedisSharedState instance = instance(LONG);
            claim(instance);
            isAdmitted(limit(instance, 5), ALICE);
            isAdmitted(limit(instance, 5), new Caller(false, "192.0.2.17"));
            get(sockets(instance, 5).enter(ALICE)).release();
            instance.releaseUnanswered("voice", SIGNATURE, 5);
            instance.release("voice", SIGNATURE);
            claim(instance);
            redis.command("ECHO end-of-the-test");
            String seen = String.join("\n", monitor.readUntil("end-of-the-test"));
            assertThat(seen).contains("hume:shop:webhook:", "hume:shop:requests:", "hume:shop:sockets:")
                    .doesNotContain(SIGNATURE, SIGNATURE.substring(0, 16), "alice", "example.com", "192.0.2.17", "voice");
        }
    }
}
