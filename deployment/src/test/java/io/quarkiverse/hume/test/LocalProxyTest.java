package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.LogRecord;
import java.util.stream.Stream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.test.QuarkusUnitTest;

/** Clients that call their account's platform, with the local proxy of Quarkus between. */
class LocalProxyTest {

    private static final AtomicReference<URI> CALLED = new AtomicReference<>();

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(EmulatorControl.class, WithoutUrl.class, WithExpression.class,
                    Unknown.class, Called.class))
            .overrideConfigKey("quarkus.rest-client.without-url.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.with-expression.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.with-expression.url", "${hume.base-url}/v0")
            .overrideConfigKey("quarkus.rest-client.unknown.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.unknown.url", "${address.of.the.gateway}")
            .setLogRecordPredicate(record -> true)
            .assertLogRecords(LocalProxyTest::assertUnknown);

    private static void assertUnknown(List<LogRecord> records) {
        assertThat(records).extracting(record -> String.format(record.getMessage(), record.getParameters()))
                .filteredOn(message -> message.startsWith("HUME0120")).singleElement().asString()
                .contains("$Unknown\".enable-local-proxy has no effect", "${address.of.the.gateway}", "$Unknown\".url");
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "without-url")
    @RegisterProvider(Called.class)
    @HumeAuthenticated
    public interface WithoutUrl {
        @GET
        String get();
    }

    @Path("/evi/configs")
    @RegisterRestClient(configKey = "with-expression")
    @RegisterProvider(Called.class)
    @HumeAuthenticated
    public interface WithExpression {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "unknown")
    @HumeAuthenticated
    public interface Unknown {
        @GET
        String get();
    }

    public static class Called implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            CALLED.set(request.getUri());
        }
    }

    @RestClient
    WithoutUrl withoutUrl;
    @RestClient
    WithExpression withExpression;

    @TestFactory
    Stream<DynamicTest> calls_passTheProxyWithTheCredential() {
        return Stream.of(test("without URL", withoutUrl::get), test("expression", withExpression::get));
    }

    private static DynamicTest test(String name, Supplier<String> call) {
        return DynamicTest.dynamicTest(name, () -> {
            EmulatorControl.call("DELETE", "/requests", null);
            call.get();
            assertThat(CALLED.get().getPath()).isEqualTo("/v0/evi/configs");
            assertThat(CALLED.get().getPort()).isPositive().isNotEqualTo(URI.create(EmulatorControl.url()).getPort());
            assertThat(EmulatorControl.request("/v0/evi").getJsonObject("headers").encode())
                    .contains("Bearer emulator-token-");
        });
    }
}
