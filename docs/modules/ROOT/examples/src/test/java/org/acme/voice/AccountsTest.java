package org.acme.voice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class AccountsTest {

    @RestClient
    AudioDecisions decisions;

    private final Emulator emulator = new Emulator();

    @Test
    void namedAccount_sendsItsKey() {
        emulator.healthy();
        assertThat(decisions.runs()).isNotBlank();
        assertThat(emulator.credentials("/v0/decisions/run")).containsExactly("api-key");
    }

    @Test
    void status_tellsBothAccountsWithoutSecrets() {
        String status = given().get("/status").then().statusCode(200).body("account", contains("<default>", "cloud"))
                .body("strategy", contains("TOKEN", "API_KEY")).extract().asString();
        assertThat(status).doesNotContain("emulator-api-key", "emulator-secret-key");
    }
}
