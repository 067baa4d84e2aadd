package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkus.test.QuarkusUnitTest;

/** Keys from Kubernetes service bindings, in the layout of a platform, for the default account and a named account. */
class ServiceBindingTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.SERVICE_BINDING))
            .withApplicationRoot(
                    jar -> jar.addClasses(ForcedExtensions.class, VoiceClient.class, Decisions.class))
            .setBeforeAllCustomizer(ServiceBindingTest::bind)
            .overrideConfigKey("quarkus.kubernetes-service-binding.enabled", "true")
            .overrideConfigKey("quarkus.kubernetes-service-binding.root", "${binding.root}")
            .overrideConfigKey("hume.emulator.url", "${binding.emulator}")
            .overrideConfigKey("hume.devservices.enabled", "false")
            .overrideConfigKey("hume.accounts.\"cloud\".strategy", "api-key");

    @jakarta.ws.rs.Path("/v0/decisions/run")
    @RegisterRestClient(configKey = "decisions")
    @HumeAuthenticated(account = "cloud")
    public interface Decisions {
        @GET
        String runs();
    }

    @RestClient
    VoiceClient voice;
    @RestClient
    Decisions decisions;
    @Inject
    HumeAccounts accounts;

    private static void bind() {
        try {
            String emulator = io.quarkiverse.hume.emulator.HumeEmulator.start(0, Set.of("<default>", "cloud")).baseUri()
                    .toString();
            System.setProperty("binding.emulator", emulator);
            System.setProperty("binding.root", Files.createTempDirectory("bindings").toString());
            write("voice", Map.of("type", "hume", "base-url", emulator, "api-key", "emulator-api-key-default-1",
                    "secret-key", "emulator-secret-key-default-1\n"));
            write("audio", Map.of("type", "hume", "account", "cloud", "base-url", emulator, "api-key",
                    "emulator-api-key-cloud-1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String binding, Map<String, String> entries) throws IOException {
        Path directory = Files.createDirectories(Path.of(System.getProperty("binding.root"), binding));
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            Files.writeString(directory.resolve(entry.getKey()), entry.getValue());
        }
    }

    @Test
    void keysOfTheBindings_areSent() {
        assertThat(accounts.get("<default>").strategy()).isEqualTo(HumeStrategy.TOKEN);
        assertThat(voice.plain()).contains("configs_page");
        assertThat(decisions.runs()).contains("runs");
        assertThat(HumeEmulator.connect().requests("/v0/evi/configs")).extracting(RecordedRequest::credential)
                .contains(CredentialKind.TOKEN);
        assertThat(HumeEmulator.connect().requests("/v0/decisions/run")).extracting(request -> request.account().orElse(""))
                .contains("cloud");
    }

    @Test
    void keyReplacedInTheBinding_isUsedWithoutARestart() throws IOException {
        assertThat(decisions.runs()).contains("runs");
        write("audio", Map.of("api-key", HumeEmulator.connect().account("cloud").regenerateKeys().apiKey()));
        assertThat(decisions.runs()).contains("runs");
    }
}
