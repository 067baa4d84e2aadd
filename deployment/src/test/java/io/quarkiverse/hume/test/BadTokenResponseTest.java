package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkus.test.QuarkusUnitTest;

/**
 * Every invalid response of the token endpoint causes a typed error with a remedy, and the next valid response ends the
 * failure.
 */
class BadTokenResponseTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ApplicationToken.class, VoiceClient.class))
            .overrideConfigKey("hume.token.timeout", "1S")
            .overrideConfigKey("hume.token.retry.max-retries", "1")
            .overrideConfigKey("hume.token.retry.delay", "20MS")
            .overrideConfigKey("hume.token.retry.max-delay", "100MS")
            .overrideConfigKey("hume.token.acquire-at-startup", "false")
            // No refresher between losing a token and the fault.
            .overrideConfigKey("hume.token.check-every", "1H");

    private static final String TOKEN = "a-token-that-must-not-be-repeated";

    private record Expected(HumeFault fault, Reason reason, String message) {
    }

    @RestClient
    VoiceClient voice;

    @AfterEach
    void recover() {
        HumeEmulator.connect().tokenEndpoint().recover();
        await().ignoreExceptions().until(() -> voice.plain().contains("configs_page"));
    }

    private static Expected body(String body, String message) {
        return new Expected(HumeFault.status(200).body(body), Reason.INVALID_TOKEN_RESPONSE, message);
    }

    private static Expected status(int status, Reason reason, String message) {
        return new Expected(HumeFault.status(status).body("{\"access_token\":\"" + TOKEN + "\"}"), reason, message);
    }

    private static Map<String, Expected> cases() {
        Map<String, Expected> cases = new LinkedHashMap<>();
        cases.put("empty object", body("{}", "has no access_token"));
        cases.put("null token", body("{\"access_token\":null}", "has no access_token"));
        cases.put("blank token", body("{\"access_token\":\"  \"}", "has a blank access_token"));
        cases.put("number as token", body("{\"access_token\":1}", "is not a string"));
        cases.put("line break in token", body("{\"access_token\":\"" + TOKEN + "\\r\\nX-Evil: 1\"}", "U+000D"));
        cases.put("umlaut in token", body("{\"access_token\":\"ä" + TOKEN + "\"}", "U+00E4"));
        cases.put("negative lifetime", body("{\"access_token\":\"" + TOKEN + "\",\"expires_in\":-1}", "not more than zero"));
        cases.put("zero lifetime", body("{\"access_token\":\"" + TOKEN + "\",\"expires_in\":0}", "not more than zero"));
        cases.put("absurd lifetime",
                body("{\"access_token\":\"" + TOKEN + "\",\"expires_in\":1e300}", "more than a year"));
        cases.put("lifetime is text", body("{\"access_token\":\"" + TOKEN + "\",\"expires_in\":\"soon\"}", "neither a number"));
        cases.put("HTML", body("<!DOCTYPE html><html>" + TOKEN + "</html>", "is HTML or XML"));
        cases.put("XML", body("<?xml version=\"1.0\"?><fault/>", "is HTML or XML"));
        cases.put("no JSON", body("access_token=" + TOKEN, "is not JSON"));
        cases.put("array", body("[\"" + TOKEN + "\"]", "is not a JSON object"));
        cases.put("error object", body("{\"error\":\"invalid_scope\"}", "the error code invalid_scope"));
        cases.put("megabytes", new Expected(HumeFault.status(200).bodyOfSize(5_000_000), Reason.INVALID_TOKEN_RESPONSE,
                "is too large"));
        cases.put("no content", new Expected(HumeFault.status(204), Reason.INVALID_TOKEN_RESPONSE, "is empty"));
        cases.put("redirect", new Expected(HumeFault.status(302).header("Location", "http://127.0.0.1:1/"),
                Reason.INVALID_TOKEN_RESPONSE, "answered 302"));
        cases.put("404", status(404, Reason.INVALID_TOKEN_RESPONSE, "hume.token.path"));
        cases.put("400", status(400, Reason.CREDENTIALS_REJECTED, "hume.secret-key"));
        cases.put("401", status(401, Reason.CREDENTIALS_REJECTED, "hume.api-key"));
        cases.put("403", status(403, Reason.CREDENTIALS_REJECTED, "hume.api-key"));
        cases.put("429", status(429, Reason.TOKEN_ENDPOINT_RATE_LIMITED, "too many requests"));
        cases.put("500", status(500, Reason.TOKEN_ENDPOINT_UNAVAILABLE, "answered 500"));
        cases.put("503", status(503, Reason.TOKEN_ENDPOINT_UNAVAILABLE, "answered 503"));
        cases.put("closed connection", new Expected(HumeFault.closedConnection(), Reason.TOKEN_ENDPOINT_UNAVAILABLE,
                "cannot be reached"));
        cases.put("no answer", new Expected(HumeFault.hang(), Reason.TOKEN_ENDPOINT_TIMEOUT, "hume.token.timeout"));
        return cases;
    }

    @TestFactory
    Stream<DynamicTest> badAnswer_isATypedErrorWithARemedy() {
        return cases().entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
            ApplicationToken.expire();
            HumeEmulator.connect().tokenEndpoint().fail(entry.getValue().fault());
            HumeAuthenticationException failure = catchThrowableOfType(HumeAuthenticationException.class,
                    () -> voice.plain());
            assertThat(failure).isNotNull();
            assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(entry.getValue().reason());
            assertThat(failure).hasMessageContaining(entry.getValue().message());
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(String.valueOf(cause.getMessage())).doesNotContain(TOKEN, "emulator-secret-key", "Basic ");
            }
        }));
    }

    @Test
    void rejectedKeys_areNotRetried() {
        ApplicationToken.expire();
        HumeEmulator.connect().forgetRequests();
        HumeEmulator.connect().tokenEndpoint().fail(401);
        catchThrowableOfType(HumeAuthenticationException.class, () -> voice.plain());
        HumeEmulator.connect().tokenRequests().haveSize(1);
    }

    @Test
    void oneFailureAndThenSuccess_isRetriedWhileTheCallerWaits() {
        ApplicationToken.expire();
        HumeEmulator.connect().forgetRequests();
        HumeEmulator.connect().tokenEndpoint().fail(HumeFault.status(503).times(1));
        assertThat(voice.plain()).contains("configs_page");
        HumeEmulator.connect().tokenRequests().haveSize(2);
    }

    @Test
    void permanentFailure_isRetriedAsOftenAsConfigured() {
        ApplicationToken.expire();
        HumeEmulator.connect().forgetRequests();
        HumeEmulator.connect().tokenEndpoint().fail(503);
        HumeAuthenticationException failure = catchThrowableOfType(HumeAuthenticationException.class, () -> voice.plain());
        assertThat(failure).hasMessageContaining("answered 503");
        HumeEmulator.connect().tokenRequests().haveSize(2);
    }
}
