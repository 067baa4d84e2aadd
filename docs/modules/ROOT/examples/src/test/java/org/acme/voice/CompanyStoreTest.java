package org.acme.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Keys from a credential store of the application's own. */
@QuarkusTest
@TestProfile(CompanyStoreTest.Profile.class)
class CompanyStoreTest {

    public static class Profile implements QuarkusTestProfile {

        @Override
        public String getConfigProfile() {
            return "store";
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(CompanyStore.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            // The emulator is there for the other account; where keys are known to be elsewhere, it does not stand in.
            return Map.of("quarkus.rest-client.secrets.url", "http://localhost:8081", "quarkus.http.test-port", "8081",
                    "hume.base-url", "${hume.emulator.url}",
                    // Also of ReplacedBeansTest, which runs in the same process.
                    "hume.devservices.port", "18637");
        }
    }

    @RestClient
    EmpathicVoice empathicVoice;
    @ConnectHumeEmulator
    HumeEmulator emulator;

    @Test
    void key_isReadFromTheStore() {
        // The emulator does not know this key; what it received is the proof.
        assertThatThrownBy(() -> empathicVoice.chats()).hasMessageContaining("401");
        assertThat(emulator.requests("/v0/evi/chats").single().header("X-Hume-Api-Key")).contains("key-of-hume");
    }
}
