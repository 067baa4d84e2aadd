package io.quarkiverse.hume.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.quarkiverse.hume.test.CredentialKind.API_KEY;
import static io.quarkiverse.hume.test.CredentialKind.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

import io.quarkiverse.hume.chromium.Chromium;
import io.quarkiverse.hume.chromium.RequiresChromium;
import io.quarkiverse.hume.chromium.Visitor;
import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.EmulatedAccount;
import io.quarkiverse.hume.test.EmulatedAccount.Keys;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkiverse.hume.test.RecordedRequest;
import io.quarkiverse.hume.test.SecretSearch;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

/**
 * The page of the packaged application in a real browser, from signing in to watching how the extension recovers. After each
 * test, the browser is searched for keys.
 */
@RequiresChromium
@QuarkusIntegrationTest
class VoicePageIT {

    private static Chromium chromium;

    @ConnectHumeEmulator(reset = false)
    HumeEmulator emulator;

    @TestHTTPResource("/")
    URL application;

    private List<Keys> keys;
    private Visitor visitor;
    private VoicePage page;

    @BeforeAll
    static void openBrowser() {
        chromium = Chromium.open();
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    }

    @AfterAll
    static void closeBrowser() {
        chromium.close();
    }

    @BeforeEach
    void visit() {
        SignIn.as("operator").resetEverything();
        emulator.forgetRequests();
        keys = emulator.accounts().stream().map(emulator::account).map(EmulatedAccount::keys).toList();
        visitor = chromium.visitor();
        page = new VoicePage(visitor, application);
    }

    @AfterEach
    void browserNeverReceivesAKey() {
        try {
            String received = visitor.received();
            assertThat(received).contains("A small voice service")
                    .doesNotContain("emulator-api-key", "emulator-secret-key", "Basic ");
            assertThat(SecretSearch.of(keys()).findings(received)).isEmpty();
            assertThat(visitor.errors()).noneMatch(error -> error.contains("Error:") || error.contains("Security Policy"));
        } finally {
            visitor.close();
            SignIn.as("operator").resetEverything();
        }
    }

    /** The keys of both accounts, and the pairs that a token request encodes. */
    private String[] keys() {
        return Stream.concat(keys.stream(), emulator.accounts().stream().map(emulator::account).map(EmulatedAccount::keys))
                .flatMap(pair -> Stream.of(pair.apiKey(), pair.secretKey(), pair.apiKey() + ":" + pair.secretKey()))
                .distinct().toArray(String[]::new);
    }

    @Test
    void wrongPassword_isAClearErrorAndNobodyIsSignedIn() {
        page.signIn("guest", "wrong");
        assertThat(page.find("[role=alert]")).hasText("The name or the password is wrong. Try again.");
        assertThat(page.field("Password")).isFocused();
        assertThat(page.panel("Conversation")).isHidden();
    }

    @Test
    void visitor_signsInAndOut() {
        assertThat(page.panel("Conversation")).isHidden();
        page.click("guest / guest");
        assertThat(page.find("#user")).hasText("guest");
        assertThat(page.panel("Conversation")).isVisible();
        assertThat(page.panel("Behind the scenes")).containsText("Sign in as operator to simulate faults");
        assertThat(page.button("Revoke the tokens")).isHidden();
        page.click("Sign out");
        assertThat(page.panel("Conversation")).isHidden();
        assertThat(page.button("Sign in")).isVisible();
    }

    @Test
    void conversation_isHeldByTheBrowserAndHeard() {
        page.enter("guest");
        page.say("What do you hear?");
        page.assertAnswered("What do you hear?");
        assertThat(page.find("#chat-state")).hasText("Connected");
        // There is one piece of sound for each sentence, and each was played to its end.
        assertThat(page.find("#voice")).hasAttribute("data-played", "2");
        emulator.requests("/v0/evi/chat").haveCredentials(TOKEN);
    }

    @Test
    void revokedToken_isReplacedWhileThePageIsOpen() {
        page.enter("guest");
        page.say("Hello");
        page.assertAnswered("Hello");
        emulator.revokeTokens();
        emulator.closeSockets();
        assertThat(page.conversation()).containsText("Connected again with a new token. The conversation continues.");
        page.say("Are you still there?");
        page.assertAnswered("Are you still there?");
        emulator.requests("/v0/evi/chat").haveStatuses(101, 401, 101);
    }

    @Test
    void recording_isMeasuredLive() {
        page.enter("guest");
        page.click("Measure a recording");
        Locator panel = page.panel("How it sounds");
        assertThat(panel.locator("#latest")).containsText("interest");
        assertThat(panel.locator("#timeline path.line")).hasCount(5);
        assertThat(panel.locator("#measure-state")).hasText("Finished");
        panel.getByText("All measurements as a table").click();
        assertThat(panel.locator("#measurement-rows tr")).hasCount(3);
        emulator.requests("/v1/expression/audio/realtime").haveCredentials(API_KEY);
    }

    @Test
    void microphone_isMeasuredLive() {
        page.enter("guest");
        page.click("Measure my voice");
        assertThat(page.find("#measure-state")).hasText("Listening to you");
        assertThat(page.find("#latest")).containsText("interest");
        page.click("Stop");
        assertThat(page.find("#measure-state")).hasText("Finished");
    }

    @Test
    void recordingOfTheBrowser_isDecidedAboutThroughTheRelay() {
        page.enter("guest");
        page.click("Record my voice");
        assertThat(page.find("#speech-state")).hasText("Recording …");
        page.find("body").page().waitForTimeout(1_500);
        page.click("Finish recording");
        assertThat(page.find("#speech-state")).containsText("KiB of sound");
        page.click("Ask");
        assertThat(page.find("#decision")).containsText("with a probability of");
        RecordedRequest request = emulator.requests("/v0/decisions/file").haveCredentials(API_KEY).single();
        assertThat(request.account()).contains("cloud");
        assertThat(request.bodySize()).isGreaterThan(20_000);
        for (String header : List.of("Cookie", "Origin", "Referer")) {
            assertThat(request.header(header)).as(header).isEmpty();
        }
    }

    @Test
    void webhooks_areShownVerifiedAndRejected() {
        page.enter("guest");
        Locator panel = page.panel("Webhooks");
        assertThat(panel.locator("#webhook-state")).hasText("Watching");
        int before = panel.locator("li").count();
        page.click("A genuine one");
        assertThat(panel.locator("#webhook-result")).containsText("answered 204");
        assertThat(panel.locator("li").first()).containsText("Verifiedchat_started");
        page.click("A forged one");
        assertThat(panel.locator("#webhook-result")).containsText("signature is wrong: answered 401");
        assertThat(panel.locator("li").first()).containsText("Rejectedanswered 401");
        page.click("A stale one");
        assertThat(panel.locator("#webhook-result")).containsText("ten minutes ago: answered 401");
        page.click("One, twice");
        assertThat(panel.locator("#webhook-result")).containsText("answered 204, then 401");
        assertThat(panel.locator("li")).hasCount(before + 5);
        assertThat(panel.locator("li").nth(1)).containsText("Verifiedchat_ended");
        assertThat(panel.locator("li").first()).containsText("Rejected");
    }

    @Test
    void operator_watchesTheExtensionRecover() {
        page.enter("operator");
        Locator panel = page.panel("Behind the scenes");
        Locator account = panel.locator(".account").first();
        page.click("Call Hume");
        assertThat(account).containsText("Next refreshin ");
        assertThat(panel.locator(".account").nth(1)).containsText("Key, no token");

        page.click("Revoke the tokens");
        assertThat(panel.locator("#operator-result")).containsText("1 token revoked");
        page.click("Call Hume");
        assertThat(panel.locator("#operator-result")).containsText("Hume was called");
        assertThat(panel.locator("#request-rows tr").nth(0)).containsText("GET /v0/tts/voicesdefaulttoken200");
        assertThat(panel.locator("#request-rows tr").nth(1)).containsText("POST /oauth2-cc/tokendefaultbasic200");
        assertThat(panel.locator("#request-rows tr").nth(2)).containsText("GET /v0/tts/voicesdefaulttoken401");

        // The other account reads its key when it first needs it. This has to be before the keys change.
        page.click("Measure a recording");
        assertThat(page.find("#measure-state")).hasText("Measuring the recording");
        page.click("Stop");
        page.click("Regenerate the keys");
        assertThat(panel.locator("#operator-result")).containsText("The old keys are no longer valid");
        // The token before this one was replaced moments ago. Until an interval has passed, a rejection requests no other.
        await().pollInSameThread().pollInterval(Duration.ofMillis(500)).atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            page.click("Call Hume");
            assertThat(panel.locator("#operator-result")).containsText("Hume was called",
                    new LocatorAssertions.ContainsTextOptions().setTimeout(3_000));
        });
        assertThat(panel.locator("#request-rows tr").nth(0)).containsText("GET /v0/tts/voicesdefaulttoken200");
        page.click("Measure a recording");
        assertThat(page.find("#latest")).containsText("interest");
        page.click("Stop");
        emulator.requests("/v1/expression/audio/realtime").haveStatuses(101, 401, 101);

        page.click("Slowness");
        assertThat(page.button("Slowness")).hasAttribute("aria-pressed", "true");
        page.click("Slowness");
        page.click("Short lifetimes");
        assertThat(panel.locator("#operator-result")).containsText("each is valid for 20 seconds");
        assertThat(page.button("Short lifetimes")).hasAttribute("aria-pressed", "true");
        assertThat(page.button("Slowness")).hasAttribute("aria-pressed", "false");
        page.click("Short lifetimes");

        page.click("Outage");
        assertThat(page.button("Outage")).hasAttribute("aria-pressed", "true");
        page.click("Revoke the tokens");
        page.click("Call Hume");
        assertThat(account).containsText("Last failure");
        // Hume has accepted this token before, so it stays in use until there is another one.
        assertThat(account.locator(".pill")).hasText("Token, renewal fails");
        page.click("Outage");
        assertThat(panel.locator("#operator-result")).containsText("Hume issues tokens again");
        page.click("Reset everything");
        assertThat(panel.locator("#operator-result")).containsText("as it was at the beginning");
    }
}
