package org.acme.voice;

import static io.quarkiverse.hume.test.CredentialKind.API_KEY;
import static io.quarkiverse.hume.test.CredentialKind.NONE;
import static io.quarkiverse.hume.test.CredentialKind.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.acme.voice.generated.ChatsApi;
import org.acme.voice.generated.VoicesApi;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
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

    @ConnectHumeEmulator
    HumeEmulator emulator;

    @Test
    void annotatedInterface_sendsAToken() {
        assertThat(empathicVoice.configs().configs()).isNotEmpty();
        emulator.requests("/v0/evi/configs").haveCredentials(TOKEN);
    }

    @Test
    void annotatedMethod_sendsTheApiKey() {
        assertThat(empathicVoice.chats().chats()).isNotNull();
        emulator.requests("/v0/evi/chats").haveCredentials(API_KEY);
    }

    @Test
    void singleMethod_leavesTheOthersAlone() {
        assertThat(catalogue.voices("HUME_AI")).contains("voices_page");
        assertThatThrownBy(() -> catalogue.samples());
        emulator.requests("/v0/tts/voices*").haveCredentials(TOKEN, NONE);
    }

    @Test
    void configuredInterfaces_sendATokenWithoutAnnotation() {
        assertThat(voicesApi.list("HUME_AI")).contains("voices_page");
        assertThat(chatsApi.list()).contains("chats_page");
        emulator.requests("/v0/tts/voices").haveCredentials(TOKEN);
        emulator.requests("/v0/evi/chats").haveCredentials(TOKEN);
    }

    @Test
    void annotatedSuperInterface_sendsAToken() {
        assertThat(chats.list()).contains("chats_page");
        emulator.requests("/v0/evi/chats").haveCredentials(TOKEN);
    }

    @Test
    void subResources_sendTheCredentialOfTheirInterfaceOrOfTheCallingMethod() {
        assertThat(voiceApi.evi().configs()).contains("configs_page");
        voiceApi.tts().voices("HUME_AI");
        emulator.requests("/v0/evi/configs").haveCredentials(TOKEN);
        emulator.requests("/v0/tts/voices").haveCredentials(API_KEY);
    }

    @Test
    void registeredFilter_sendsAToken() {
        assertThat(filtered.list()).contains("configs_page");
        assertThat(BuiltClients.configs(emulator.uri()).list()).contains("configs_page");
        assertThat(BuiltClients.annotated(emulator.uri()).configs().configs()).isNotEmpty();
        emulator.requests("/v0/evi/configs").haveCredentials(TOKEN, TOKEN, TOKEN);
    }

    @Test
    void parameterWithAKey_isTheCallersCredential() {
        assertThat(tenantConfigs.configs()).contains("configs_page");
        assertThatThrownBy(() -> tenantConfigs.configsOf("of-a-tenant")).hasMessageContaining("401");
        assertThat(emulator.requests("/v0/evi/configs").list().get(1).header("X-Hume-Api-Key")).contains("of-a-tenant");
        assertThatThrownBy(() -> tenantConfigs.configsOf(null)).isInstanceOfSatisfying(HumeAuthenticationException.class,
                failure -> assertThat(failure.reason()).isEqualTo(Reason.MISSING_CREDENTIALS));
        emulator.requests("/v0/evi/configs").haveStatuses(200, 401);
    }

    @Test
    void registeredFilter_ofAnAccount_sendsItsKey() {
        BuiltClients.configsOf(emulator.uri(), HumeAccount.DEFAULT).list();
        emulator.requests("/v0/evi/configs").haveCredentials(API_KEY);
    }
}
