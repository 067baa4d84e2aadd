package org.acme.voice;

import static io.quarkiverse.hume.test.CredentialKind.API_KEY;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class AccountsTest {

    @RestClient
    AudioDecisions decisions;

    @ConnectHumeEmulator
    HumeEmulator emulator;

    @Test
    void namedAccount_sendsItsKey() {
        assertThat(decisions.runs()).isNotBlank();
        emulator.requests("/v0/decisions/run").haveCredentials(API_KEY);
    }

    @Test
    void status_containsBothAccountsWithoutSecrets() {
        String status = given().get("/status").then().statusCode(200).body("account", contains("<default>", "cloud"))
                .body("strategy", contains("TOKEN", "API_KEY")).extract().asString();
        assertThat(status).doesNotContain("emulator-api-key", "emulator-secret-key");
    }
}
