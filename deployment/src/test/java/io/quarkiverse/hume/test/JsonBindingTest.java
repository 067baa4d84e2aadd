package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * JSON-B in the application, and a client with its own JSON provider: token responses are read, and each client uses its own
 * provider.
 */
class JsonBindingTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.JSON_B))
            .withApplicationRoot(jar -> jar.addClasses(ForcedExtensions.class))
            .setBeforeAllCustomizer(JsonBindingTest::start)
            .overrideConfigKey("hume.strategy", "token")
            .overrideConfigKey("hume.api-key", "key")
            .overrideConfigKey("hume.secret-key", "secret")
            .overrideConfigKey("hume.base-url", "${json.url}");

    /** Answers with the credential under each of the two names, and with the body that arrived. */
    private static void start() {
        int port = Vertx.vertx().createHttpServer().requestHandler(request -> request.bodyHandler(
                body -> answer(request, body.toString()))).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().join().actualPort();
        System.setProperty("json.url", "http://127.0.0.1:" + port);
    }

    private static void answer(HttpServerRequest request, String body) {
        boolean token = request.path().equals("/oauth2-cc/token");
        String authorization = request.getHeader("Authorization");
        request.response().putHeader("Content-Type", "application/json").end(token
                ? "{\"access_token\":\"abc\",\"expires_in\":1800}"
                : "{\"of_jackson\":\"jackson %s\",\"name\":\"own %1$s\",\"body\":%s}".formatted(authorization, body));
    }

    public static class Message {
        @JsonProperty("of_jackson")
        public String name;
        public Object body;
    }

    @Path("/json")
    @RegisterRestClient
    @HumeAuthenticated
    public interface Plain {
        @POST
        Message send(Message message);
    }

    @Path("/json")
    @RegisterRestClient
    @RegisterProvider(OwnJson.class)
    @HumeAuthenticated
    public interface WithProvider {
        @POST
        Message send(Message message);
    }

    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public static class OwnJson implements MessageBodyReader<Message>, MessageBodyWriter<Message> {

        @Override
        public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
            return type == Message.class;
        }

        @Override
        public Message readFrom(Class<Message> type, Type generic, Annotation[] annotations, MediaType media,
                MultivaluedMap<String, String> headers, InputStream body) throws IOException {
            Message message = new Message();
            message.name = new io.vertx.core.json.JsonObject(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                    .getString("name");
            return message;
        }

        @Override
        public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
            return type == Message.class;
        }

        @Override
        public void writeTo(Message message, Class<?> type, Type generic, Annotation[] annotations, MediaType media,
                MultivaluedMap<String, Object> headers, OutputStream body) throws IOException {
            body.write("{\"written_by\":\"own\"}".getBytes(StandardCharsets.UTF_8));
        }
    }

    @RestClient
    Plain plain;
    @RestClient
    WithProvider withProvider;

    @Test
    void jsonB_isInTheApplication() throws Exception {
        assertThat(CDI.current().select(Class.forName("jakarta.json.bind.Jsonb", true,
                Thread.currentThread().getContextClassLoader())).isResolvable()).isTrue();
    }

    @Test
    void clientWithoutProvider_usesJacksonAndCarriesTheToken() {
        Message answer = plain.send(message());
        assertThat(answer.name).isEqualTo("jackson Bearer abc");
        assertThat(String.valueOf(answer.body)).contains("of_jackson=question");
    }

    @Test
    void clientWithProvider_usesItAndCarriesTheToken() {
        assertThat(withProvider.send(message()).name).isEqualTo("own Bearer abc");
    }

    private static Message message() {
        Message message = new Message();
        message.name = "question";
        return message;
    }
}
