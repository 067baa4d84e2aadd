package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.resteasy.reactive.client.api.ClientLogger;
import org.jboss.resteasy.reactive.client.handlers.RedirectHandler;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/**
 * An application with every kind of component that can observe, change or log requests of REST clients: none of them is called
 * for a token request, and neither the log nor the spans contain the keys or the token.
 */
class TokenRequestIsolationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.TRACING, ForcedExtensions.METRICS))
            .withApplicationRoot(jar -> jar
                    .addClasses(ForcedExtensions.class, ObservedHume.class, SecretForms.class, SpanRecorder.class,
                            BrowserCall.class, BrowserCall.Answer.class)
                    .addAsResource(new StringAsset(Listener.class.getName()),
                            "META-INF/services/" + RestClientListener.class.getName()))
            .setBeforeAllCustomizer(ObservedHume::start)
            .overrideConfigKey("hume.api-key", ObservedHume.API_KEY)
            .overrideConfigKey("hume.secret-key", ObservedHume.SECRET_KEY)
            .overrideConfigKey("hume.base-url", "${observed.url}")
            .overrideConfigKey("hume.token.acquire-at-startup", "false")
            .overrideConfigKey("hume.token.check-every", "1H")
            .overrideConfigKey("hume.token.retry.delay", "1MS")
            .overrideConfigKey("hume.token.retry.max-delay", "2MS")
            .overrideConfigKey("quarkus.rest-client.neighbour.url", "${observed.url}")
            .overrideConfigKey("quarkus.rest-client.logging.scope", "all")
            .overrideConfigKey("quarkus.rest-client.logging.body-limit", "100000")
            .overrideConfigKey("quarkus.rest-client.logging.masked-headers", "none")
            .overrideConfigKey("quarkus.rest-client.user-agent", "foreign")
            .overrideConfigKey("quarkus.rest-client.follow-redirects", "true")
            .overrideConfigKey("quarkus.rest-client.headers.\"X-Foreign\"", "foreign")
            .overrideConfigKey("quarkus.otel.traces.exporter", "none")
            .overrideConfigKey("otel.instrumentation.http.client.capture-request-headers", "Authorization")
            .overrideConfigKey("quarkus.otel.instrumentation.http.client.capture-request-headers", "Authorization")
            .overrideConfigKey("quarkus.log.min-level", "TRACE")
            .overrideConfigKey("quarkus.log.level", "TRACE")
            .overrideConfigKey("quarkus.log.console.level", "WARN")
            .setLogRecordPredicate(record -> true)
            .assertLogRecords(TokenRequestIsolationTest::assertNoSecret);

    private static final String TOKEN_PATH = "/oauth2-cc/token";

    /** The parts of the application that were called, each with the path of the request. */
    private static void called(Class<?> part, Object path) {
        System.setProperty("observed.called",
                System.getProperty("observed.called", "") + part.getSimpleName() + " " + path + "\n");
    }

    @Path("/neighbour")
    @RegisterRestClient(configKey = "neighbour")
    public interface Neighbour {
        @GET
        String get();

        @POST
        byte[] post(Form form);
    }

    @Provider
    public static class RequestFilter implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            called(RequestFilter.class, request.getUri().getPath());
            request.getHeaders().putSingle("X-Foreign", "foreign");
        }
    }

    @Provider
    public static class ResponseFilter implements ClientResponseFilter {
        @Override
        public void filter(ClientRequestContext request, ClientResponseContext response) {
            called(ResponseFilter.class, request.getUri().getPath());
        }
    }

    @Provider
    public static class Mapper implements ResponseExceptionMapper<IllegalStateException> {
        @Override
        public IllegalStateException toThrowable(Response response) {
            called(Mapper.class, response.getStatus());
            return new IllegalStateException("foreign");
        }
    }

    @Provider
    public static class Reading implements ReaderInterceptor {
        @Override
        public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
            called(Reading.class, context.getType());
            return context.proceed();
        }
    }

    @Provider
    public static class Writing implements WriterInterceptor {
        @Override
        public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
            called(Writing.class, context.getType());
            context.proceed();
        }
    }

    @Provider
    public static class BytesReader implements MessageBodyReader<byte[]> {
        @Override
        public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
            return type == byte[].class;
        }

        @Override
        public byte[] readFrom(Class<byte[]> type, Type generic, Annotation[] annotations, MediaType media,
                MultivaluedMap<String, String> headers, InputStream in) throws IOException {
            called(BytesReader.class, type);
            return in.readAllBytes();
        }
    }

    @Provider
    public static class FormWriter implements MessageBodyWriter<Form> {
        @Override
        public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
            return type == Form.class;
        }

        @Override
        public void writeTo(Form form, Class<?> type, Type generic, Annotation[] annotations, MediaType media,
                MultivaluedMap<String, Object> headers, OutputStream out) throws IOException {
            called(FormWriter.class, type);
            out.write('x');
        }
    }

    @Provider
    public static class Options implements ContextResolver<HttpClientOptions> {
        @Override
        public HttpClientOptions getContext(Class<?> type) {
            called(Options.class, type);
            return new HttpClientOptions();
        }
    }

    @Provider
    public static class Redirects implements RedirectHandler {
        @Override
        public java.net.URI handle(Response response) {
            called(Redirects.class, response.getStatus());
            return null;
        }
    }

    public static class Listener implements RestClientListener {
        @Override
        public void onNewClient(Class<?> client, RestClientBuilder builder) {
            called(Listener.class, client.getName());
        }
    }

    @ApplicationScoped
    public static class Headers implements ClientHeadersFactory {
        @Override
        public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            called(Headers.class, outgoing.keySet());
            return outgoing;
        }
    }

    @Singleton
    public static class Logging implements ClientLogger {
        @Override
        public void setBodySize(int bodySize) {
        }

        @Override
        public void logResponse(HttpClientResponse response, boolean redirect) {
            called(Logging.class, response.request().path());
        }

        @Override
        public void logRequest(HttpClientRequest request, Buffer body, boolean omitBody) {
            called(Logging.class, request.path());
        }
    }

    @RestClient
    Neighbour neighbour;
    @Inject
    HumeTokens tokens;
    @Inject
    SpanRecorder spans;

    /** Proof that all of them are at work, where they should be. */
    @BeforeEach
    void partsOfTheApplication_seeItsOwnRequests() {
        neighbour.get();
        neighbour.post(new Form("a", "b"));
        assertThat(System.getProperty("observed.called").lines().map(line -> line.replaceFirst(" .*", ""))).contains(
                "RequestFilter", "ResponseFilter", "Reading", "Writing", "BytesReader", "FormWriter", "Options", "Listener",
                "Logging");
        System.setProperty("observed.called", "");
    }

    @AfterEach
    void partsOfTheApplication_sawNoTokenRequest() {
        assertThat(System.getProperty("observed.called")).isEmpty();
        // Where there is no metric, none of the application's contributors to its tags was asked either.
        assertThat(BrowserCall.anonymous().get("/q/metrics").body().lines().filter(line -> line.startsWith("http_client")))
                .anyMatch(line -> line.contains("/neighbour")).noneMatch(line -> line.contains(TOKEN_PATH));
        assertThat(SecretForms.found(String.join("\n", spans.lines()), ObservedHume.API_KEY, ObservedHume.SECRET_KEY,
                ObservedHume.TOKEN)).isEmpty();
        System.setProperty("observed.called", "Listener before\nOptions before\n");
    }

    @Test
    void success_isReportedByTheExtension() {
        ObservedHume.answer("well");
        assertThat(tokens.await().value()).startsWith(ObservedHume.TOKEN);
        Map<String, String> sent = ObservedHume.tokenRequest();
        assertThat(sent).containsOnlyKeys("authorization", "content-type", "accept", "user-agent", "content-length", "host",
                "connection").containsEntry("user-agent", "quarkus-hume")
                .containsEntry("content-type", "application/x-www-form-urlencoded");
        assertThat(spans.lines()).anyMatch(line -> line.startsWith("hume token request"));
    }

    @Test
    void failure_isReportedByTheExtension() {
        for (String answer : List.of("unavailable", "refused", "redirect")) {
            ObservedHume.answer("well");
            await().ignoreExceptions().until(() -> tokens.await() != null);
            ObservedHume.answer(answer);
            // The token may stay in use for a while after it was rejected.
            Throwable failure = await().until(() -> catchThrowable(() -> tokens.reject(tokens.await())), Objects::nonNull);
            assertThat(failure).isInstanceOf(HumeAuthenticationException.class).hasMessageNotContaining("foreign");
        }
        assertThat(ObservedHume.redirected()).as("requests to where the redirect leads").isZero();
    }

    private static void assertNoSecret(List<LogRecord> records) {
        String log = records.stream().map(TokenRequestIsolationTest::text).collect(Collectors.joining("\n"));
        assertThat(records).anyMatch(record -> record.getLevel().intValue() < 500);
        assertThat(records.stream().map(TokenRequestIsolationTest::text).filter(text -> !SecretForms
                .found(text, ObservedHume.API_KEY, ObservedHume.SECRET_KEY, ObservedHume.TOKEN).isEmpty())).isEmpty();
        assertThat(SecretForms.found(log, ObservedHume.API_KEY, ObservedHume.SECRET_KEY, ObservedHume.TOKEN)).isEmpty();
    }

    private static String text(LogRecord record) {
        StringWriter text = new StringWriter();
        text.append(record.getLoggerName()).append(' ')
                .append(new PatternFormatter("%m").format(ExtLogRecord.wrap(record)));
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }
}
