package io.quarkiverse.hume.runtime.devui;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import jakarta.ws.rs.core.Response;

import io.quarkiverse.hume.HumeAccountStatus;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.runtime.transport.ClientRoute;
import io.quarkiverse.hume.runtime.transport.TransportSettings;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;

/**
 * Makes a real call to Hume with an account's credential, with the same TLS configuration and proxy as the calls of the
 * application.
 */
final class TestCall {

    private static final String CLOUD_HOST = "api.cloud.hume.ai";
    private static final long TIMEOUT_SECONDS = 15;

    private final HumeAccountStatus account;
    private final TransportSettings transport;
    private final ClientRoute route;

    TestCall(HumeAccountStatus account, TransportSettings transport, ClientRoute route) {
        this.account = account;
        this.transport = transport;
        this.route = route;
    }

    /** Makes the call. Blocks while the client is built. The result never fails. */
    Uni<Outcome> run() {
        long start = System.nanoTime();
        TestCallClient client = client();
        boolean cloud = CLOUD_HOST.equals(account.baseUrl().getHost());
        return (cloud ? client.cloud(1) : client.voice(1))
                .map(answer -> outcome(answer, cloud ? TestCallClient.CLOUD : TestCallClient.VOICE, since(start)))
                .onFailure().recoverWithItem(failure -> Outcome.failure(failure, since(start)))
                .onTermination().invoke(() -> close(client));
    }

    private TestCallClient client() {
        QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder().baseUri(account.baseUrl())
                .connectTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).readTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .followRedirects(false)
                // Any status is a result of the call and not an exception.
                .disableDefaultMapper(true)
                .register(new HumeRequestFilter(account.account()));
        route.set(transport, builder);
        return builder.build(TestCallClient.class);
    }

    private Outcome outcome(Response answer, String path, Duration took) {
        try (answer) {
            URI base = account.baseUrl();
            return Outcome.answer(answer.getStatus(), "GET " + base.getScheme() + "://" + base.getAuthority() + path + ": "
                    + answer.getStatus() + " " + answer.getStatusInfo().getReasonPhrase(), took);
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void close(TestCallClient client) {
        try {
            ((Closeable) client).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
