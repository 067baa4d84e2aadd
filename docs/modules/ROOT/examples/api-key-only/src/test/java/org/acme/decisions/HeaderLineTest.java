package org.acme.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.jboss.resteasy.reactive.client.api.LoggingScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpServer;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.rest.client.reactive.Url;
import io.quarkus.test.junit.QuarkusTest;

/** What the first page says of a header that one line sets, beside the annotation. */
@QuarkusTest
class HeaderLineTest {

    private static final String KEY = "X-Hume-Api-Key";
    private static final String CLIENT_LOGGER = "org.jboss.resteasy.reactive.client.logging";

    @ConnectHumeEmulator
    HumeEmulator emulator;

    private final String apiKey = ConfigProvider.getConfig().getValue("hume.api-key", String.class);

    private HttpServer redirecting;
    private HttpServer stranger;
    private final List<Optional<String>> seenByTheStranger = new CopyOnWriteArrayList<>();

    @Path("/v0/decisions/run")
    // tag::line[]
    @ClientHeaderParam(name = "X-Hume-Api-Key", value = "${hume.api-key}")
    // end::line[]
    public interface OneLine {
        @GET
        String runs();

        @GET
        String runs(@Url String address);
    }

    @Path("/v0/decisions/run")
    @HumeAuthenticated
    public interface Annotated {
        @GET
        String runs();
    }

    @BeforeEach
    void start() throws IOException {
        stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.createContext("/", exchange -> {
            seenByTheStranger.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst(KEY)));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        stranger.start();
        redirecting = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        redirecting.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", address(stranger) + "/elsewhere");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        redirecting.start();
    }

    @AfterEach
    void stop() {
        redirecting.stop(0);
        stranger.stop(0);
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static QuarkusRestClientBuilder at(String address) {
        return QuarkusRestClientBuilder.newBuilder().baseUri(URI.create(address)).followRedirects(true);
    }

    @Test
    void redirect_oneLineGivesTheKeyAway() {
        at(address(redirecting)).build(OneLine.class).runs();
        at(address(redirecting)).build(Annotated.class).runs();
        assertThat(seenByTheStranger).containsExactly(Optional.of(apiKey), Optional.empty());
    }

    /** The annotation refuses it: TrustedDestinationTest, with a host that is not this machine. */
    @Test
    void anotherAddress_headerLineSendsTheKey() {
        at(emulator.uri().toString()).build(OneLine.class).runs(address(stranger));
        assertThat(seenByTheStranger).containsExactly(Optional.of(apiKey));
    }

    @Test
    void log_oneLineShowsTheKey() {
        assertThat(logged(OneLine.class)).contains(KEY).contains(apiKey);
        assertThat(logged(Annotated.class)).contains(KEY).doesNotContain(apiKey);
    }

    private String logged(Class<?> type) {
        StringBuilder log = new StringBuilder();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                synchronized (log) {
                    log.append(new SimpleFormatter().formatMessage(entry)).append(Arrays.toString(entry.getParameters()));
                }
            }

            @Override
            public void flush() {
                // nothing is kept back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Logger logger = Logger.getLogger(CLIENT_LOGGER);
        Level before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
        try {
            Object client = at(emulator.uri().toString()).loggingScope(LoggingScope.REQUEST_RESPONSE).build(type);
            if (client instanceof OneLine oneLine) {
                oneLine.runs();
            } else {
                ((Annotated) client).runs();
            }
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(before);
        }
        synchronized (log) {
            return log.toString();
        }
    }

    /** The annotation repeats the call with the new key: KeyRotationTest, which also replaces it where it is mounted. */
    @Test
    void replacedKey_oneLineFailsEachCall() {
        OneLine oneLine = at(emulator.uri().toString()).build(OneLine.class);
        emulator.defaultAccount().useKeys("another", "unused");
        assertThatThrownBy(oneLine::runs).hasMessageContaining("401");
        assertThatThrownBy(oneLine::runs).hasMessageContaining("401");
        emulator.reset();
        assertThat(oneLine.runs()).contains("runs");
    }
}
