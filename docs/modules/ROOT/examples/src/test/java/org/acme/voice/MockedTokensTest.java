package org.acme.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.InjectMock;
import io.quarkus.test.junit.QuarkusTest;

// tag::test[]
@QuarkusTest
class MockedTokensTest {

    @InjectMock
    HumeTokens tokens; // <1>
    @Inject
    ConfigsOverHttp configs;

    @Test
    void rejectedToken_isReported() throws Exception {
        AccessToken forged = AccessToken.of("forged", Instant.MAX);
        when(tokens.await()).thenReturn(forged);
        assertThat(configs.now()).doesNotContain("configs_page");
        verify(tokens).reject(forged);
    }
}
// end::test[]
