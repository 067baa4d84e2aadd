package io.quarkiverse.hume.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.net.URL;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;

import io.quarkiverse.hume.chromium.Chromium;
import io.quarkiverse.hume.chromium.RequiresChromium;
import io.quarkiverse.hume.chromium.Visitor;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

/**
 * Takes pictures of the page and writes them to the directory that the system property {@code screenshots} names. Runs only
 * with {@code -Dtest=VoicePagePictures}.
 */
@RequiresChromium
@QuarkusTest
class VoicePagePictures {

    private static final Path DIRECTORY = Path.of(System.getProperty("screenshots", "target/screenshots"));

    /** High enough for the panels of a guest; there is another picture of the operator's panel. */
    private static final int HEIGHT = 1_620;

    private static Chromium chromium;

    @TestHTTPResource("/")
    URL application;

    @BeforeAll
    static void openBrowser() {
        chromium = Chromium.open();
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    }

    @AfterAll
    static void closeBrowser() {
        chromium.close();
    }

    @ParameterizedTest
    @CsvSource({ "voice-service,1280,LIGHT", "voice-service-dark,1280,DARK", "voice-service-narrow,390,LIGHT",
            "voice-service-narrow-dark,390,DARK" })
    void page_isPictured(String name, int width, ColorScheme colours) {
        SignIn.as("operator").resetEverything();
        try (Visitor visitor = chromium.visitor(
                new Browser.NewContextOptions().setViewportSize(width, HEIGHT).setColorScheme(colours))) {
            VoicePage page = new VoicePage(visitor, application);
            assertThat(page.find(".account")).hasCount(2);
            take(visitor, name + "-sign-in");
            page.enter("operator");
            page.say("What do you hear in my voice?");
            page.assertAnswered("What do you hear in my voice?");
            page.click("A genuine one");
            assertThat(page.find("#webhook-result")).containsText("204");
            page.click("A forged one");
            assertThat(page.find("#webhook-result")).containsText("401");
            page.click("Revoke the tokens");
            assertThat(page.find("#operator-result")).containsText("revoked");
            page.click("Close the connections");
            assertThat(page.conversation()).containsText("The conversation goes on.");
            page.click("Measure a recording");
            page.say("And are you still there?");
            page.assertAnswered("And are you still there?");
            assertThat(page.find("#measure-state")).hasText("Finished");
            take(visitor, name);
            page.panel("Behind the scenes").screenshot(
                    new Locator.ScreenshotOptions().setPath(DIRECTORY.resolve(name + "-operator.png")));
        }
        SignIn.as("operator").resetEverything();
    }

    private static void take(Visitor visitor, String name) {
        visitor.page().evaluate("scrollTo(0, 0)");
        visitor.page().screenshot(new Page.ScreenshotOptions().setPath(DIRECTORY.resolve(name + ".png")));
    }
}
