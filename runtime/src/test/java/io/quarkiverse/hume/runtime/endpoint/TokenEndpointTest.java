package io.quarkiverse.hume.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.runtime.event.TokenRequestTracer;
import io.quarkiverse.hume.runtime.token.Backoff;
import io.quarkiverse.hume.runtime.token.TokenClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;

class TokenEndpointTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger clients = new AtomicInteger();
    private volatile int status = 503;
    private final TokenEndpoint endpoint = endpoint();

    private TokenEndpoint endpoint() {
        int port = vertx.createHttpServer().requestHandler(request -> {
            requests.incrementAndGet();
            request.response().setStatusCode(status).end("{\"access_token\":\"token\",\"expires_in\":1800}");
        }).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join().actualPort();
        return new TokenEndpoint(
                new TokenEndpoint.Settings(HumeAccount.DEFAULT, "keys", URI.create("http://127.0.0.1:" + port + "/token"),
                        Duration.ofSeconds(60), 2, new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)),
                        Duration.ofMinutes(30)),
                vertx, () -> {
                    clients.incrementAndGet();
                    return new HttpClientOptions();
                }, TokenRequestTracer.NONE, TokenClock.SYSTEM);
    }

    @AfterEach
    void close() throws Exception {
        endpoint.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private String token() {
        return endpoint.requestToken(HumeCredentials.of("key", "secret")).await().indefinitely().value();
    }

    @Test
    void retries_startOnlyDaemonThreads() {
        assertThatThrownBy(this::token).isInstanceOf(HumeAuthenticationException.class);
        assertThat(requests).hasValue(3);
        assertThat(Thread.getAllStackTraces().keySet()).filteredOn(thread -> thread.getName().startsWith("SmallRye Fault"))
                .isNotEmpty().allMatch(Thread::isDaemon);
    }

    @Test
    void client_isMadeOnce_andAgainForReplacedCertificates() {
        status = 200;
        assertThat(clients).as("before the first request").hasValue(0);
        token();
        assertThat(token()).isEqualTo("token");
        assertThat(clients).hasValue(1);
        endpoint.certificatesReplaced();
        endpoint.certificatesReplaced();
        assertThat(clients).hasValue(1);
        token();
        token();
        assertThat(clients).hasValue(2);
    }

    @Test
    void closed_sendsNothing() {
        status = 200;
        token();
        endpoint.close();
        assertThatThrownBy(this::token).isInstanceOf(HumeAuthenticationException.class);
        assertThat(requests).hasValue(1);
    }
}
