package org.acme.voice;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class TokensTest {

    @Inject
    ConfigsOverHttp configs;

    @ConnectHumeEmulator
    HumeEmulator emulator;

    @Test
    void bothClients_carryAToken() throws Exception {
        assertThat(configs.later().await().indefinitely()).contains("configs_page");
        assertThat(configs.now()).contains("configs_page");
    }

    @Test
    void rejectedToken_isReplaced() throws Exception {
        emulator.revokeTokens();
        assertThat(configs.now()).contains("configs_page");
        emulator.requests("/v0/evi/configs").haveStatuses(401, 200);
    }
}
