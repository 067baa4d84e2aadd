package org.acme.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.acme.voice.generated.ChatsApi;
import org.acme.voice.generated.VoicesApi;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkus.test.junit.QuarkusTest;

/** The clients of the page on REST clients: each sends the credential that the page says. */
@QuarkusTest
class RestClientsTest {

    @RestClient
    EmpathicVoice empathicVoice;
    @RestClient
    VoiceCatalogue catalogue;
    @RestClient
    VoicesApi voicesApi;
    @RestClient
    ChatsApi chatsApi;
    @RestClient
    BuiltClients.FilteredConfigs filtered;
    @RestClient
    TenantConfigs tenantConfigs;

    @RestClient
    SharedInterfaces.Chats chats;
    @RestClient
    SharedInterfaces.VoiceApi voiceApi;

    private final Emulator emulator = new Emulator();

    @BeforeEach
    void forget() {
        emulator.healthy();
    }

    @Test
    void annotatedInterface_sendsAToken() {
        assertThat(empathicVoice.configs().configs()).isNotEmpty();
        assertThat(emulator.credentials("/v0/evi/configs")).containsExactly("token");
    }

    @Test
    void annotatedMethod_sendsTheApiKey() {
        assertThat(empathicVoice.chats().chats()).isNotNull();
        assertThat(emulator.credentials("/v0/evi/chats")).containsExactly("api-key");
    }

    @Test
    void singleMethod_leavesTheOthersAlone() {
        assertThat(catalogue.voices("HUME_AI")).contains("voices_page");
        assertThatThrownBy(() -> catalogue.samples());
        assertThat(emulator.credentials("/v0/tts/voices")).containsExactly("token", "none");
    }

    @Test
    void configuredInterfaces_sendATokenWithoutAnnotation() {
        assertThat(voicesApi.list("HUME_AI")).contains("voices_page");
        assertThat(chatsApi.list()).contains("chats_page");
        assertThat(emulator.credentials("/v0/tts/voices")).containsExactly("token");
        assertThat(emulator.credentials("/v0/evi/chats")).containsExactly("token");
    }

    @Test
    void annotatedSuperInterface_sendsAToken() {
        assertThat(chats.list()).contains("chats_page");
        assertThat(emulator.credentials("/v0/evi/chats")).containsExactly("token");
    }

    @Test
    void subResources_sendWhatTheirInterfaceOrTheWayToItSays() {
        assertThat(voiceApi.evi().configs()).contains("configs_page");
        voiceApi.tts().voices("HUME_AI");
        assertThat(emulator.credentials("/v0/evi/configs")).containsExactly("token");
        assertThat(emulator.credentials("/v0/tts/voices")).containsExactly("api-key");
    }

    @Test
    void registeredFilter_sendsAToken() {
        assertThat(filtered.list()).contains("configs_page");
        assertThat(BuiltClients.configs(emulator.uri()).list()).contains("configs_page");
        assertThat(BuiltClients.annotated(emulator.uri()).configs().configs()).isNotEmpty();
        assertThat(emulator.credentials("/v0/evi/configs")).containsExactly("token", "token", "token");
    }

    @Test
    void parameterWithAKey_isTheCallers() {
        assertThat(tenantConfigs.configs()).contains("configs_page");
        assertThatThrownBy(() -> tenantConfigs.configsOf("of-a-tenant")).hasMessageContaining("401");
        assertThat(emulator.apiKeys("/v0/evi/configs")).contains("of-a-tenant");
        assertThatThrownBy(() -> tenantConfigs.configsOf(null)).isInstanceOfSatisfying(HumeAuthenticationException.class,
                failure -> assertThat(failure.reason()).isEqualTo(Reason.MISSING_CREDENTIALS));
        assertThat(emulator.statuses("/v0/evi/configs")).containsExactly(200, 401);
    }

    @Test
    void registeredFilter_ofAnAccount_sendsItsKey() {
        BuiltClients.configsOf(emulator.uri(), HumeAccount.DEFAULT).list();
        assertThat(emulator.credentials("/v0/evi/configs")).containsExactly("api-key");
    }
}
