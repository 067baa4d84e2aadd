package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/**
 * The application stops while a token request hangs and callers wait for it: the callers fail with a typed error, and no error
 * is logged.
 */
class ShutdownTest {

    private static final String REQUESTS = "shutdown.requests";
    private static final String ANSWERS = "shutdown.answers";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(VoiceClient.class, Resource.class))
            .setBeforeAllCustomizer(ShutdownTest::startHangingEndpoint)
            .overrideConfigKey("hume.api-key", "key")
            .overrideConfigKey("hume.secret-key", "secret")
            .overrideConfigKey("hume.base-url", "${hanging.url}")
            .overrideConfigKey("hume.token.timeout", "120S")
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= Level.WARNING.intValue())
            .assertLogRecords(ShutdownTest::assertNoErrors)
            .setAfterUndeployListener(ShutdownTest::assertAnswered);

    @Path("/")
    public static class Resource {

        @RestClient
        VoiceClient voice;

        @GET
        @Path("/reactive")
        public Uni<String> reactive() {
            return voice.uni();
        }

        @GET
        @Path("/blocking")
        public String blocking() {
            return voice.plain();
        }

        @ServerExceptionMapper
        public RestResponse<String> map(HumeAuthenticationException failure) {
            return RestResponse.status(RestResponse.Status.SERVICE_UNAVAILABLE, failure.reason().name());
        }
    }

    private static void startHangingEndpoint() {
        System.setProperty(REQUESTS, "0");
        int port = Vertx.vertx().createHttpServer().requestHandler(
                request -> System.setProperty(REQUESTS, String.valueOf(Integer.getInteger(REQUESTS) + 1)))
                .listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join().actualPort();
        System.setProperty("hanging.url", "http://127.0.0.1:" + port);
    }

    @Test
    void callersWait_andTheTestEnds() {
        await().until(() -> Integer.getInteger(REQUESTS) == 1);
        HttpClient browser = HttpClient.newHttpClient();
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        List<CompletableFuture<HttpResponse<String>>> answers = Stream.of("reactive", "blocking", "reactive", "blocking")
                .map(path -> browser.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/" + path))
                        .version(HttpClient.Version.HTTP_1_1).build(), HttpResponse.BodyHandlers.ofString()))
                .toList();
        System.getProperties().put(ANSWERS, answers);
        // All have arrived when the server has answered one that came after them on a connection of its own.
        await().until(() -> browser.sendAsync(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/nowhere")).build(),
                HttpResponse.BodyHandlers.ofString()).get(10, TimeUnit.SECONDS).statusCode() == 404);
        assertThat(answers).noneMatch(CompletableFuture::isDone);
    }

    @SuppressWarnings("unchecked")
    private static void assertAnswered() {
        for (CompletableFuture<HttpResponse<String>> answer : (List<CompletableFuture<HttpResponse<String>>>) System
                .getProperties().remove(ANSWERS)) {
            HttpResponse<String> answered = answer.join();
            assertThat(answered.body()).isEqualTo("CLOSED");
            assertThat(answered.statusCode()).isEqualTo(503);
        }
    }

    private static void assertNoErrors(List<LogRecord> records) {
        assertThat(records).noneMatch(record -> record.getLevel().intValue() >= Level.SEVERE.intValue()
                || record.getThrown() != null);
    }
}
