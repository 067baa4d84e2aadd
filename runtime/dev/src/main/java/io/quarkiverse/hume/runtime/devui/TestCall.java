package io.quarkiverse.hume.runtime.devui;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.config.Config;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccountStatus;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.runtime.account.ProxyRoute;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.mutiny.Uni;

/** A real call to Hume with an account's credential, the same way as the application's own calls. */
final class TestCall {

    private static final String CLOUD_HOST = "api.cloud.hume.ai";
    private static final long TIMEOUT_SECONDS = 15;

    private final HumeAccountStatus account;
    private final Config config;
    private final TlsConfigurationRegistry tls;
    private final ProxyConfigurationRegistry proxies;

    TestCall(HumeAccountStatus account, Config config, TlsConfigurationRegistry tls, ProxyConfigurationRegistry proxies) {
        this.account = account;
        this.config = config;
        this.tls = tls;
        this.proxies = proxies;
    }

    /** Blocks while the client is built; never fails. */
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
                // A status is an answer, not an exception.
                .disableDefaultMapper(true)
                .register(new HumeRequestFilter(account.account()));
        String prefix = account.account().equals(HumeAccount.DEFAULT) ? "hume."
                : "hume.accounts.\"" + account.account() + "\".";
        config.getOptionalValue(prefix + "tls-configuration-name", String.class).flatMap(tls::get)
                .ifPresent(builder::tlsConfiguration);
        config.getOptionalValue(prefix + "proxy-configuration-name", String.class)
                .flatMap(name -> proxies.get(Optional.of(name))).ifPresent(proxy -> ProxyRoute.set(proxy, builder));
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
