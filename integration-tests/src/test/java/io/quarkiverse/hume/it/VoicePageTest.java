package io.quarkiverse.hume.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;

import io.quarkiverse.hume.chromium.Chromium;
import io.quarkiverse.hume.chromium.Visitor;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

/**
 * The page in a real browser, from signing in to watching the extension heal; run once in the test's process and once
 * packaged. After each test, the browser is searched for keys.
 */
@QuarkusTest
class VoicePageTest {

    private static Chromium chromium;

    private final Emulator emulator = new Emulator();

    @TestHTTPResource("/")
    URL application;

    private Visitor visitor;
    private Page page;

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
        visitor = chromium.visitor();
        page = visitor.page();
        page.navigate(application.toString());
    }

    @AfterEach
    void browserNeverReceivesAKey() {
        try {
            String received = visitor.received();
            assertThat(received).contains("A small voice service")
                    .doesNotContain("emulator-api-key", "emulator-secret-key", "Basic ");
            assertThat(visitor.errors()).noneMatch(error -> error.contains("Error:") || error.contains("Security Policy"));
        } finally {
            visitor.close();
            SignIn.as("operator").resetEverything();
        }
    }

    private void signIn(String name, String password) {
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        button("Sign in").click();
    }

    private void enter(String name) {
        signIn(name, name);
        assertThat(page.locator("#user")).hasText(name);
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator panel(String title) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(title));
    }

    private Locator conversation() {
        return page.getByRole(AriaRole.LOG, new Page.GetByRoleOptions().setName("What was said"));
    }

    private void say(String sentence) {
        page.getByLabel("Your sentence").fill(sentence);
        button("Send").click();
    }

    private void assertAnswered(String sentence) {
        assertThat(conversation().locator(".hume", new Locator.LocatorOptions().setHasText("You said: " + sentence)))
                .containsText("Hear it again");
    }

    @Test
    void wrongPassword_isAClearErrorAndNobodyIsSignedIn() {
        signIn("guest", "wrong");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("That name and that password do not belong together. Try again.");
        assertThat(page.getByLabel("Password")).isFocused();
        assertThat(panel("Conversation")).isHidden();
    }

    @Test
    void visitor_signsInAndOut() {
        assertThat(panel("Conversation")).isHidden();
        button("guest / guest").click();
        assertThat(page.locator("#user")).hasText("guest");
        assertThat(panel("Conversation")).isVisible();
        assertThat(panel("Behind the scenes")).containsText("Sign in as operator to break things");
        assertThat(button("Revoke the tokens")).isHidden();
        button("Sign out").click();
        assertThat(panel("Conversation")).isHidden();
        assertThat(button("Sign in")).isVisible();
    }

    @Test
    void conversation_isHeldByTheBrowserAndHeard() {
        enter("guest");
        say("What do you hear?");
        assertThat(page.locator("#voice")).hasClass(Pattern.compile("live"));
        assertAnswered("What do you hear?");
        assertThat(page.locator("#chat-state")).hasText("Connected");
        assertThat(page.locator("#voice")).not().hasClass(Pattern.compile("live"));
        assertThat(emulator.credentials("/v0/evi/chat")).containsExactly("token");
    }

    @Test
    void revokedToken_isHealedWhileThePageIsOpen() {
        enter("guest");
        say("Hello");
        assertAnswered("Hello");
        emulator.revokeTokens();
        emulator.closeSockets();
        assertThat(conversation()).containsText("Connected again with a fresh token. The conversation goes on.");
        say("Are you still there?");
        assertAnswered("Are you still there?");
        assertThat(emulator.statuses("/v0/evi/chat")).containsExactly(101, 401, 101);
    }

    @Test
    void recording_isMeasuredLive() {
        enter("guest");
        button("Measure a recording").click();
        Locator panel = panel("How it sounds");
        assertThat(panel.locator("#latest")).containsText("interest");
        assertThat(panel.locator("#timeline path.line")).hasCount(5);
        assertThat(panel.locator("#measure-state")).hasText("Finished");
        panel.getByText("All measurements as a table").click();
        assertThat(panel.locator("#measurement-rows tr")).hasCount(3);
        assertThat(emulator.credentials("/v1/expression/audio/realtime")).containsExactly("api-key");
    }

    @Test
    void microphone_isMeasuredLive() {
        enter("guest");
        button("Measure my voice").click();
        assertThat(page.locator("#measure-state")).hasText("Listening to you");
        assertThat(page.locator("#latest")).containsText("interest");
        button("Stop").click();
        assertThat(page.locator("#measure-state")).hasText("Finished");
    }

    @Test
    void webhooks_areShownVerifiedAndRefused() {
        enter("guest");
        Locator panel = panel("Webhooks");
        assertThat(panel.locator("#webhook-state")).hasText("Watching");
        int before = panel.locator("li").count();
        button("A genuine one").click();
        assertThat(panel.locator("#webhook-result")).containsText("answered 204");
        assertThat(panel.locator("li").first()).containsText("Verifiedchat_started");
        button("A forged one").click();
        assertThat(panel.locator("#webhook-result")).containsText("signature is wrong: answered 401");
        assertThat(panel.locator("li").first()).containsText("Refusedanswered 401");
        button("A stale one").click();
        assertThat(panel.locator("#webhook-result")).containsText("ten minutes ago: answered 401");
        button("One, twice").click();
        assertThat(panel.locator("#webhook-result")).containsText("answered 204, then 401");
        assertThat(panel.locator("li")).hasCount(before + 5);
        assertThat(panel.locator("li").nth(1)).containsText("Verifiedchat_ended");
        assertThat(panel.locator("li").first()).containsText("Refused");
    }

    @Test
    void operator_watchesTheExtensionHeal() {
        enter("operator");
        Locator panel = panel("Behind the scenes");
        Locator account = panel.locator(".account").first();
        button("Call Hume").click();
        assertThat(account).containsText("Next refreshin ");
        assertThat(panel.locator(".account").nth(1)).containsText("Key, no token");

        button("Revoke the tokens").click();
        assertThat(panel.locator("#operator-result")).containsText("1 token revoked");
        button("Call Hume").click();
        assertThat(panel.locator("#operator-result")).containsText("Hume was called");
        assertThat(panel.locator("#request-rows tr").nth(0)).containsText("GET /v0/tts/voicesdefaulttoken200");
        assertThat(panel.locator("#request-rows tr").nth(1)).containsText("POST /oauth2-cc/tokendefaultbasic200");
        assertThat(panel.locator("#request-rows tr").nth(2)).containsText("GET /v0/tts/voicesdefaulttoken401");

        button("Regenerate the keys").click();
        assertThat(panel.locator("#operator-result")).containsText("The old keys are void");
        button("Call Hume").click();
        assertThat(panel.locator("#operator-result")).containsText("Hume was called");
        assertThat(panel.locator("#request-rows tr").nth(0)).containsText("GET /v0/tts/voicesdefaulttoken200");
        button("Measure a recording").click();
        assertThat(page.locator("#latest")).containsText("interest");
        button("Stop").click();
        assertThat(emulator.statuses("/v1/expression/audio/realtime")).containsExactly(401, 101);

        button("Outage").click();
        assertThat(button("Outage")).hasAttribute("aria-pressed", "true");
        button("Revoke the tokens").click();
        button("Call Hume").click();
        assertThat(account).containsText("Last failure");
        assertThat(account.locator(".pill")).hasText("No token");
        button("Outage").click();
        assertThat(panel.locator("#operator-result")).containsText("Hume gives out tokens again");
        button("Make all good again").click();
        assertThat(panel.locator("#operator-result")).containsText("as it was at the beginning");
    }
}
