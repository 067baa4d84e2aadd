package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.test.BrowserCall.Answer;
import io.quarkus.test.QuarkusUnitTest;

/** Only users with one of the roles get a token, even if an HTTP permission allows all paths. */
class BrowserTokenRolesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application(PathSpellings.class)
            .overrideConfigKey("quarkus.http.auth.permission.open.paths", "/*")
            .overrideConfigKey("quarkus.http.auth.permission.open.policy", "permit")
            .overrideConfigKey("hume.browser-token.roles-allowed", "admin, voice");

    @Test
    void userWithRole_getsAToken() {
        assertThat(BrowserCall.as("alice").get("/hume/token").token()).isNotBlank();
    }

    @Test
    void anonymous_isUnauthorized() {
        assertThat(BrowserCall.anonymous().get("/hume/token").status()).isEqualTo(401);
    }

    @TestFactory
    Stream<DynamicTest> userWithoutRole_underAnySpelling_getsNoToken() {
        return PathSpellings.all().stream().map(path -> DynamicTest.dynamicTest(path, () -> {
            Answer answer = BrowserCall.as("bob").get(path);
            assertThat(answer.status()).isIn(400, 403, 404);
            assertThat(answer.body()).doesNotContain("access_token");
        }));
    }

    @Test
    void userWithoutRole_isForbidden() {
        assertThat(BrowserCall.as("bob").get("/hume/token").status()).isEqualTo(403);
        assertThat(BrowserCall.as("bob").send("POST", "/hume/token/").status()).isEqualTo(403);
    }
}
