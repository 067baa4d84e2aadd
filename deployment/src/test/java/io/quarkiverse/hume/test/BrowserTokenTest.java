package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.test.BrowserCall.Answer;
import io.quarkus.test.QuarkusUnitTest;

/** Every signed-in user gets a token and no other caller does, for any spelling of the request. */
class BrowserTokenTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application(PathSpellings.class)
            .overrideConfigKey("hume.browser-token.limit-per-minute", "1000");

    private static final String PATH = "/hume/token";

    @Inject
    HumeTokens tokens;

    @Test
    void signedInUser_getsATokenThatHumeAccepts() throws Exception {
        Answer answer = BrowserCall.as("alice").get(PATH);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().fieldNames()).containsExactlyInAnyOrder("access_token", "token_type", "expires_in");
        assertThat(answer.json().getString("token_type")).isEqualTo("Bearer");
        assertThat(answer.json().getValue("expires_in")).isInstanceOf(Integer.class);
        assertThat(answer.json().getInteger("expires_in")).isBetween(120, 1800);
        HttpRequest call = HttpRequest.newBuilder(HumeEmulator.connect().uri().resolve("/v0/evi/configs"))
                .header("Authorization", "Bearer " + answer.token()).build();
        assertThat(HttpClient.newHttpClient().send(call, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void post_isAnsweredAsGet() {
        assertThat(BrowserCall.as("bob").send("POST", PATH).token()).isEqualTo(tokens.await().value());
    }

    @Test
    void anonymous_isChallengedAndGetsNothing() {
        Answer answer = BrowserCall.anonymous().get(PATH);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().get("WWW-Authenticate")).startsWithIgnoringCase("basic");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void wrongPassword_isUnauthorized() {
        assertThat(BrowserCall.anonymous().header("Authorization", "Basic YWxpY2U6Ym9i").get(PATH).status()).isEqualTo(401);
    }

    @Test
    void humeAccessToken_doesNotAuthenticateTheUser() {
        assertThat(BrowserCall.anonymous().header("Authorization", tokens.await().authorization()).get(PATH).status())
                .isEqualTo(401);
    }

    @Test
    void everyAnswer_isNeverStored() {
        for (Answer answer : List.of(BrowserCall.as("alice").get(PATH), BrowserCall.anonymous().get(PATH),
                BrowserCall.as("alice").send("PUT", PATH))) {
            assertThat(answer.headers().get("Cache-Control")).as("%d", answer.status()).isEqualTo("no-store");
            assertThat(answer.headers().get("Pragma")).as("%d", answer.status()).isEqualTo("no-cache");
        }
    }

    @TestFactory
    Stream<DynamicTest> anonymous_underAnySpelling_getsNoToken() {
        return PathSpellings.all().stream().flatMap(path -> Stream.of("GET", "POST")
                .map(method -> DynamicTest.dynamicTest(method + " " + path, () -> {
                    Answer answer = BrowserCall.anonymous().send(method, path);
                    assertThat(answer.status()).isIn(400, 401, 404);
                    assertThat(answer.body()).doesNotContain(tokens.await().value(), "access_token");
                })));
    }

    @TestFactory
    Stream<DynamicTest> spelling_thatLeadsToAToken_leadsPastTheGuard() {
        return PathSpellings.all().stream().map(path -> DynamicTest.dynamicTest(path, () -> {
            Answer user = BrowserCall.as("alice").get(path);
            assertThat(BrowserCall.anonymous().get(path).status()).isEqualTo(user.status() == 200 ? 401 : user.status());
        }));
    }

    @TestFactory
    Stream<DynamicTest> anonymous_withAMethodOverride_getsNoToken() {
        return Stream.of("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method", "X-Original-URL", "X-Rewrite-URL")
                .flatMap(header -> Stream.of("GET", "POST", "PUT", "OPTIONS", "HEAD").map(method -> DynamicTest.dynamicTest(
                        method + " " + header, () -> {
                            String value = header.endsWith("URL") ? PATH : "GET";
                            String path = header.endsWith("URL") ? "/" : PATH;
                            for (String to : List.of(path, PATH + "?_method=GET")) {
                                Answer answer = BrowserCall.anonymous().header(header, value).send(method, to);
                                assertThat(answer.status()).isIn(401, 404, 405);
                                assertThat(answer.body()).doesNotContain(tokens.await().value(), "access_token");
                            }
                        })));
    }

    @TestFactory
    Stream<DynamicTest> otherMethods_areNotAllowed() {
        return Stream.of("HEAD", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND").flatMap(method -> Stream
                .of(BrowserCall.as("alice"), BrowserCall.anonymous()).map(call -> DynamicTest.dynamicTest(method, () -> {
                    Answer answer = call.send(method, PATH);
                    assertThat(answer.status()).isEqualTo(405);
                    assertThat(answer.headers().get("Allow")).isEqualTo("GET, POST");
                    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
                    if (!method.equals("HEAD")) {
                        assertThat(answer.json().getInteger("status")).isEqualTo(405);
                        assertThat(answer.json().getString("title")).isEqualTo("Method Not Allowed");
                    }
                })));
    }

    @Test
    void foreignOrigin_getsNoPermissionToRead() {
        Answer answer = BrowserCall.as("alice").header("Origin", "https://evil.example").get(PATH);
        assertThat(answer.headers().names()).noneMatch(name -> name.toLowerCase().startsWith("access-control-"));
        Answer preflight = BrowserCall.anonymous().header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "GET").send("OPTIONS", PATH);
        assertThat(preflight.headers().names()).noneMatch(name -> name.toLowerCase().startsWith("access-control-"));
        assertThat(preflight.body()).doesNotContain("access_token");
    }

    @Test
    void answers_containNoKey() {
        for (Answer answer : List.of(BrowserCall.as("alice").get(PATH), BrowserCall.anonymous().get(PATH),
                BrowserCall.as("alice").send("PUT", PATH), BrowserCall.as("alice").send("POST", PATH))) {
            assertThat(answer.headers() + answer.body()).doesNotContain("emulator-api-key", "emulator-secret-key");
        }
    }
}
