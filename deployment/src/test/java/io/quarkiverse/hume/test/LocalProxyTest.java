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

/** Clients that call their account's platform through the local proxy of Quarkus. */
class LocalProxyTest {

    private static final int GATEWAY = 18097;
    private static final AtomicReference<URI> CALLED = new AtomicReference<>();

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setBeforeAllCustomizer(() -> {
                Platforms.start("other");
                Platforms.start("gateway", GATEWAY);
            })
            .withApplicationRoot(jar -> jar.addClasses(Platforms.class))
            .overrideConfigKey("hume.accounts.other.base-url", "${platform.other}")
            .overrideConfigKey("hume.accounts.other.api-key", "key-of-other")
            .overrideConfigKey("hume.accounts.other.secret-key", "secret-of-other")
            .overrideConfigKey("hume.accounts.emulated.trusted-hosts", "*.hume.ai")
            .overrideConfigKey("quarkus.rest-client.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.with-base-uri.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.named.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.named-with-expression.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.named-with-expression.url", "${hume.accounts.other.base-url}/v0")
            .overrideConfigKey("quarkus.rest-client.named-without-keys.enable-local-proxy", "true")
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
        // There is no such property: Quarkus says so itself.
        assertThat(records).extracting(record -> String.format(record.getMessage(), record.getParameters()))
                .anyMatch(message -> message.contains("quarkus.rest-client.enable-local-proxy"));
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

    @Path("/evi/configs")
    @RegisterRestClient(configKey = "with-base-uri", baseUri = "http://localhost:" + GATEWAY + "/v0")
    @RegisterProvider(Called.class)
    @HumeAuthenticated
    public interface WithBaseUri {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "named")
    @RegisterProvider(Called.class)
    @HumeAuthenticated(account = "other")
    public interface Named {
        @GET
        String get();
    }

    @Path("/evi/configs")
    @RegisterRestClient(configKey = "named-with-expression")
    @RegisterProvider(Called.class)
    @HumeAuthenticated(account = "other")
    public interface NamedWithExpression {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "named-without-keys")
    @RegisterProvider(Called.class)
    @HumeAuthenticated(account = "emulated")
    public interface NamedWithoutKeys {
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

    @RestClient
    WithBaseUri withBaseUri;
    @RestClient
    Named named;
    @RestClient
    NamedWithExpression namedWithExpression;
    @RestClient
    NamedWithoutKeys namedWithoutKeys;

    @TestFactory
    Stream<DynamicTest> calls_passTheProxyToTheEmulatorWithTheCredential() {
        return Stream.of(emulated("without URL", withoutUrl::get), emulated("expression", withExpression::get),
                emulated("named account without keys", namedWithoutKeys::get));
    }

    private static DynamicTest emulated(String name, Supplier<String> call) {
        return DynamicTest.dynamicTest(name, () -> {
            HumeEmulator.connect().forgetRequests();
            call.get();
            assertByWayOfTheProxy();
            assertThat(HumeEmulator.connect().requests("/v0/evi/*").single().headers().toString())
                    .contains("Bearer emulator-token-");
        });
    }

    @TestFactory
    Stream<DynamicTest> calls_passTheProxyToTheirPlatformWithTheCredential() {
        return Stream.of(platform("named account", "other", "token-of-other", named::get),
                platform("expression of a named account", "other", "token-of-other", namedWithExpression::get),
                platform("base URI", "gateway", "emulator-token-", withBaseUri::get));
    }

    private static DynamicTest platform(String name, String platform, String credential, Supplier<String> call) {
        return DynamicTest.dynamicTest(name, () -> {
            assertThat(call.get()).startsWith(platform + " " + credential).endsWith(" -");
            assertByWayOfTheProxy();
        });
    }

    private static void assertByWayOfTheProxy() {
        assertThat(CALLED.get().getPath()).isEqualTo("/v0/evi/configs");
        assertThat(CALLED.get().getPort()).isPositive().isNotIn(GATEWAY,
                HumeEmulator.connect().uri().getPort(), URI.create(System.getProperty("platform.other")).getPort());
    }
}
