package org.acme.voice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccountStatus;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkus.test.InjectMock;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.mockito.MockitoConfig;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.smallrye.mutiny.Uni;

/** All that an application injects can be replaced by a mock, for the default account and for named ones. */
@QuarkusTest
class MocksTest {

    private static final AccessToken TOKEN = AccessToken.of("of-the-mock", Instant.MAX);

    @InjectMock
    @HumeAccount("cloud")
    HumeTokens cloudTokens;
    @InjectMock
    @MockitoConfig(convertScopes = true)
    HumeAccounts accounts;
    @InjectMock
    @MockitoConfig(convertScopes = true)
    HumeWebSockets sockets;
    @InjectMock
    @HumeAccount("cloud")
    HumeWebSockets cloudSockets;
    @Inject
    Conversations conversations;
    @RestClient
    EmpathicVoice voice;

    @BeforeEach
    void account() {
        HumeAccountStatus status = new HumeAccountStatus("mocked", HumeStrategy.TOKEN, "mocked",
                URI.create("https://api.hume.ai"), Optional.empty());
        when(accounts.all()).thenReturn(List.of(status));
        when(accounts.get(any())).thenReturn(status);
    }

    @Test
    void accounts_areMocked() {
        given().get("/status").then().statusCode(200).body("account", contains("mocked"));
    }

    @Test
    void sockets_areMocked() {
        WebSocketClientConnection connection = mock(WebSocketClientConnection.class);
        when(sockets.connect(any(), any())).thenReturn(Uni.createFrom().item(connection));
        assertThat(conversations.open("config", text -> {
        }).await().indefinitely()).isSameAs(connection);
        assertThat(select(HumeWebSockets.class, "cloud").connect(null, null).await().indefinitely()).isNull();
    }

    @Test
    void tokensOfANamedAccount_areMocked() {
        when(cloudTokens.await()).thenReturn(TOKEN);
        assertThat(select(HumeTokens.class, "cloud").await()).isEqualTo(TOKEN);
        assertThat(CDI.current().select(HumeTokens.class).get().await()).isNotEqualTo(TOKEN);
    }

    @Test
    void beans_areReplacedForATest() {
        HumeTokens tokens = mock(HumeTokens.class);
        when(tokens.await()).thenReturn(TOKEN);
        QuarkusMock.installMockForType(tokens, HumeTokens.class);
        assertThat(CDI.current().select(HumeTokens.class).get().await()).isEqualTo(TOKEN);
        QuarkusMock.installMockForType(tokens, HumeTokens.class, HumeAccount.Literal.of("cloud"));
        assertThat(select(HumeTokens.class, "cloud").await()).isEqualTo(TOKEN);
        HumeCredentialsProvider provider = account -> Uni.createFrom().item(HumeCredentials.ofApiKey("key-of-the-mock"));
        QuarkusMock.installMockForType(provider, HumeCredentialsProvider.class);
        assertThat(CDI.current().select(HumeCredentialsProvider.class).get().getCredentials("any").await().indefinitely()
                .apiKey()).isEqualTo("key-of-the-mock");
    }

    /** Mocks are for injection points: REST clients keep their credential. */
    @Test
    void restClients_doNotUseMocks() {
        assertThat(voice.chats().chats()).isNotNull();
    }

    private static <T> T select(Class<T> type, String account) {
        return CDI.current().select(type, HumeAccount.Literal.of(account)).get();
    }
}
