package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/**
 * An application with a credential store that requests the emulator, on a port that is in use by the emulator of another
 * application, as in dev mode or another test profile.
 */
class RequestedEmulatorTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(VoiceClient.class, CredentialStore.class))
            .setBeforeAllCustomizer(() -> System.setProperty("taken.port",
                    String.valueOf(io.quarkiverse.hume.emulator.HumeEmulator.start(0, Set.of("<default>")).port())))
            .overrideConfigKey("hume.devservices.enabled", "true")
            .overrideConfigKey("hume.devservices.port", "${taken.port}")
            .overrideConfigKey("hume.credentials-provider", "hume")
            .overrideConfigKey("hume.credentials-provider-name", "test-store")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.hume"))
            .assertLogRecords(records -> assertThat(records.stream()
                    .map(record -> String.format(record.getMessage(), record.getParameters()))
                    .filter(message -> message.startsWith("HUME0142"))).singleElement().satisfies(message -> assertThat(message)
                            .contains("cannot use port " + System.getProperty("taken.port"), "Address already in use",
                                    "hume.devservices.port", "hume.emulator.url")));

    @RestClient
    VoiceClient voice;

    @Test
    void emulator_isOnAnotherPortAndHasTheKeys() {
        assertThat(HumeEmulator.connect().uri().getPort()).isNotEqualTo(Integer.getInteger("taken.port"));
        assertThat(voice.withApiKey()).contains("chats_page");
        HumeEmulator.connect().requests("/v0/evi/chats").haveStatuses(200);
        assertThat(CredentialStore.questions()).isZero();
    }
}
