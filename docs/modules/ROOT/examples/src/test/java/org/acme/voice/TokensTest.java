package org.acme.voice;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class TokensTest {

    @Inject
    ConfigsOverHttp configs;

    private final Emulator emulator = new Emulator();

    @BeforeEach
    void healthy() {
        emulator.healthy();
    }

    @Test
    void bothWays_carryAToken() throws Exception {
        assertThat(configs.later().await().indefinitely()).contains("configs_page");
        assertThat(configs.now()).contains("configs_page");
    }

    @Test
    void rejectedToken_isReplaced() throws Exception {
        emulator.revokeTokens();
        assertThat(configs.now()).contains("configs_page");
        assertThat(emulator.statuses("/v0/evi/configs")).containsExactly(401, 200);
    }
}
