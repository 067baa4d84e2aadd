package io.quarkiverse.hume.runtime.credential;

import static io.quarkiverse.hume.runtime.credential.AskedProvider.failure;
import static io.quarkiverse.hume.runtime.credential.AskedProvider.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.runtime.token.TokenClock;

class ApiKeyCredentialTest {

    private final AskedProvider provider = new AskedProvider();
    private final AccountCredentials credentials = new AccountCredentials("cloud", provider);
    private final ApiKeyCredential credential = new ApiKeyCredential(credentials);

    @Test
    void header_always_isXHumeApiKey() {
        assertThat(credential.headerName()).isEqualTo("X-Hume-Api-Key");
    }

    @Test
    void get_firstTime_asksTheProvider() {
        assertThat(credential.current()).isNull();
        CompletionStage<String> got = credential.get();
        provider.answer(HumeCredentials.of("key", "secret"));
        assertThat(value(got)).isEqualTo("key");
        assertThat(credential.current()).isEqualTo("key");
    }

    @Test
    void get_providerFails_failsTyped() {
        CompletionStage<String> got = credential.get();
        provider.fail(new IllegalStateException());
        assertThat(failure(got).reason()).isEqualTo(Reason.MISSING_CREDENTIALS);
    }

    @Test
    void rejected_providerHasAnotherKey_isThatKey() {
        known("old");
        CompletionStage<String> other = credential.rejected("old");
        provider.answer(HumeCredentials.ofApiKey("new"));
        assertThat(value(other)).isEqualTo("new");
        assertThat(credential.current()).isEqualTo("new");
    }

    @Test
    void rejected_onlyTheSecretKeyIsNew_thereIsNoOther() {
        known("old");
        CompletionStage<String> other = credential.rejected("old");
        provider.answer(HumeCredentials.of("old", "new-secret"));
        assertThat(value(other)).isNull();
    }

    @Test
    void rejected_providerHasTheSameKey_thereIsNoOther() {
        known("old");
        CompletionStage<String> other = credential.rejected("old");
        provider.answer(HumeCredentials.ofApiKey("old"));
        assertThat(value(other)).isNull();
    }

    @Test
    void rejected_providerFails_thereIsNoOther() {
        known("old");
        CompletionStage<String> other = credential.rejected("old");
        provider.fail(new IllegalStateException());
        assertThat(value(other)).isNull();
    }

    @Test
    void rejected_olderKey_isTheCurrentOneWithoutAQuestion() {
        known("new");
        assertThat(value(credential.rejected("old"))).isEqualTo("new");
        assertThat(provider.questions()).isEqualTo(1);
    }

    @Test
    void forbidden_providerHasAnotherKey_isThatKey() {
        known("old");
        CompletionStage<String> other = credential.forbidden("old");
        provider.answer(HumeCredentials.ofApiKey("new"));
        assertThat(value(other)).isEqualTo("new");
    }

    @Test
    void accepted_always_changesNothing() {
        known("key");
        credential.accepted("key");
        assertThat(credential.current()).isEqualTo("key");
        assertThat(provider.questions()).isEqualTo(1);
    }

    @Test
    void rejection_always_namesThePropertyAndNotTheKey() {
        known("topsecret");
        assertThat(credential.rejection()).contains("hume.accounts.\"cloud\".api-key").doesNotContain("topsecret");
    }

    @Test
    void rejectionOfTheKeyOfABean_namesTheBeanAndNoProperty() {
        AccountCredentials ofBean = new AccountCredentials("cloud", KeyOrigin.provider("the bean", "its answer"), provider,
                TokenClock.SYSTEM);
        assertThat(new ApiKeyCredential(ofBean).rejection()).isEqualTo("Unauthorized: Hume rejected the API key from the bean."
                + " If further calls are rejected, replace this key");
        CompletionStage<HumeCredentials> got = ofBean.get();
        provider.fail(new IllegalArgumentException("The API key is empty"));
        assertThat(failure(got)).hasMessage("The keys of the Hume account \"cloud\" cannot be used: The API key is empty. Check"
                + " the bean");
    }

    private void known(String key) {
        credential.get();
        provider.answer(HumeCredentials.ofApiKey(key));
    }
}
