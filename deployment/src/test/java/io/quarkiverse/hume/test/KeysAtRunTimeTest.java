package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.test.QuarkusUnitTest;

/**
 * Keys that are set when the application starts, for instance by a test resource: they are used instead of those of the
 * emulator.
 */
class KeysAtRunTimeTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(KeyEcho.class))
            .setBeforeAllCustomizer(() -> System.setProperty("key.echo", new KeyEcho().address()))
            .overrideConfigKey("hume.api-key", "${HUME_KEY_THAT_IS_NOT_SET}")
            .overrideRuntimeConfigKey("hume.base-url", "${key.echo}")
            .overrideRuntimeConfigKey("hume.api-key", "test")
            // The build saw a secret key mentioned.
            .overrideConfigKey("hume.accounts.both.api-key", "${BOTH_KEY_THAT_IS_NOT_SET}")
            .overrideConfigKey("hume.accounts.both.secret-key", "${BOTH_SECRET_THAT_IS_NOT_SET}")
            .overrideRuntimeConfigKey("hume.accounts.both.base-url", "${key.echo}")
            .overrideRuntimeConfigKey("hume.accounts.both.api-key", "test-both")
            // The build saw nothing.
            .overrideRuntimeConfigKey("hume.accounts.\"nothing\".base-url", "${key.echo}")
            .overrideRuntimeConfigKey("hume.accounts.\"nothing\".api-key", "test-nothing")
            .overrideRuntimeConfigKey("hume.accounts.\"pair\".base-url", "${key.echo}/pair")
            .overrideRuntimeConfigKey("hume.accounts.\"pair\".api-key", "test-pair")
            .overrideRuntimeConfigKey("hume.accounts.\"pair\".secret-key", "test-secret")
            // The build sees a key, for tests only.
            .overrideConfigKey("hume.accounts.\"tested\".api-key", "${TESTED_KEY_THAT_IS_NOT_SET}")
            .overrideConfigKey("hume.accounts.\"tested\".secret-key", "")
            .overrideConfigKey("%test.hume.accounts.tested.api-key", "test-tested")
            .overrideConfigKey("%test.hume.accounts.tested.base-url", "${key.echo}")
            // The build sees a key, for instance that of a test profile, but not the secret key that it mentions.
            .overrideConfigKey("hume.accounts.\"seen\".api-key", "test-seen")
            .overrideConfigKey("hume.accounts.\"seen\".secret-key", "${SEEN_SECRET_THAT_IS_NOT_SET}")
            .overrideConfigKey("hume.accounts.\"seen\".base-url", "${key.echo}")
            // The emulator has no account for a gateway, however its address is written.
            .overrideConfigKey("hume.accounts.\"gateway\".base-url", "${GATEWAY_THAT_IS_NOT_SET:https://gateway.example.com}")
            // No key: that of the emulator.
            .overrideRuntimeConfigKey("hume.accounts.\"url-only\".base-url", "${key.echo}")
            .overrideRuntimeConfigKey("hume.accounts.\"remote\".base-url", "https://gateway.example.com")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.hume"))
            .assertLogRecords(records -> assertThat(records.stream()
                    .map(record -> String.format(record.getMessage(), record.getParameters())))
                    .anySatisfy(message -> assertThat(message).startsWith("HUME0066").contains("the Hume account \"both\"",
                            "hume.accounts.\"both\".secret-key refers to ${BOTH_SECRET_THAT_IS_NOT_SET}, which is not set"))
                    .anySatisfy(message -> assertThat(message).startsWith("HUME0066").contains("the Hume account \"seen\"",
                            "hume.accounts.\"seen\".secret-key refers to ${SEEN_SECRET_THAT_IS_NOT_SET}, which is not set"))
                    .anySatisfy(message -> assertThat(message).startsWith("HUME0065").contains(
                            "hume.accounts.\"remote\".api-key is not set", "$Remote uses the Hume account \"remote\""))
                    .noneMatch(message -> message.contains("emulator-")));

    @Path("/client")
    @RegisterRestClient
    @HumeAuthenticated
    public interface Default {
        @GET
        String get();
    }

    @Path("/client")
    @RegisterRestClient
    @HumeAuthenticated(account = "both")
    public interface Both {
        @GET
        String get();
    }

    @Path("/client")
    @RegisterRestClient
    @HumeAuthenticated(account = "nothing")
    public interface Nothing {
        @GET
        String get();
    }

    @Path("/client")
    @RegisterRestClient
    @HumeAuthenticated(account = "pair")
    public interface Pair {
        @GET
        String get();
    }

    @Path("/client")
    @RegisterRestClient
    @HumeAuthenticated(account = "tested")
    public interface Tested {
        @GET
        String get();
    }

    @Path("/client")
    @RegisterRestClient
    @HumeAuthenticated(account = "seen")
    public interface Seen {
        @GET
        String get();
    }

    @Path("/client")
    @RegisterRestClient(baseUri = "https://api.hume.ai")
    @HumeAuthenticated(account = "url-only")
    public interface UrlOnly {
        @GET
        String get();
    }

    @Path("/client")
    @RegisterRestClient
    @HumeAuthenticated(account = "remote")
    public interface Remote {
        @GET
        String get();
    }

    @RestClient
    Default unnamed;
    @RestClient
    Both both;
    @RestClient
    Nothing nothing;
    @RestClient
    Pair pair;
    @RestClient
    Tested tested;
    @RestClient
    Seen seen;
    @RestClient
    UrlOnly urlOnly;
    @RestClient
    Remote remote;

    @TestFactory
    Stream<DynamicTest> server_receivesTheKeyOfTheTest() {
        Map<String, Supplier<String>> calls = Map.of("/client test", unnamed::get, "/client test-both", both::get,
                "/client test-nothing", nothing::get, "/client test-tested", tested::get, "/client test-seen", seen::get,
                "/pair/client Bearer token-of-pair",
                pair::get);
        return calls.entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(),
                () -> assertThat(call.getValue().get()).isEqualTo(call.getKey())));
    }

    @Test
    void hostOfHume_emulatorsKeyAndOwnServer_isTheServer() {
        assertThat(urlOnly.get()).startsWith("/client Bearer token-of-");
    }

    @Test
    void gateway_isNotEmulated() {
        HumeEmulator emulator = HumeEmulator.connect();
        assertThat(emulator.account("remote").keys().apiKey()).startsWith("emulator-");
        assertThatThrownBy(() -> emulator.account("gateway").keys()).hasMessageContaining("gateway");
    }

    @Test
    void keyOfTheEmulator_doesNotGoToAnotherMachine() {
        assertThatThrownBy(() -> remote.get()).hasMessageContaining("hume.accounts.\"remote\".api-key is not set");
    }
}
