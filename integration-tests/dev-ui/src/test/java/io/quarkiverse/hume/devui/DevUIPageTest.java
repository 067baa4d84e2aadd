package io.quarkiverse.hume.devui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;

import io.quarkiverse.hume.chromium.Chromium;
import io.quarkiverse.hume.chromium.RequiresChromium;
import io.quarkiverse.hume.chromium.Visitor;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/** The page in a real browser: what a developer sees, and what the buttons do. */
@RequiresChromium
class DevUIPageTest {

    private static final String DEFAULT = "qwc-hume-account[data-account='<default>']";
    private static final String CLOUD = "qwc-hume-account[data-account='cloud']";
    private static final String EMULATOR = "qwc-hume-emulator";
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Quarkus complains there that it cannot reach its registry of extensions from a test. */
    private static final String WITHOUT_NOTIFICATIONS = "vaadin-notification-container { display: none }";

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = VoiceApplication.create(VoiceApplication.CONFIGURATION);

    static Chromium chromium;

    Visitor visitor;
    Page page;

    @BeforeAll
    static void openBrowser() {
        chromium = Chromium.open();
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    }

    @AfterAll
    static void closeBrowser() {
        chromium.close();
    }

    /** The application starts once for all of them, and the page is loaded once for those that do not leave it. */
    @TestFactory
    Stream<DynamicTest> page() {
        return Stream.of(
                dynamicTest("card shows the strategies", visited(this::card_showsTheStrategies)),
                dynamicTest("accounts show strategy keys and token", visited(this::accounts_showStrategyKeysAndToken)),
                dynamicTest("countdown ticks", visited(this::countdown_ticks)),
                dynamicTest("refresh gets a new token", visited(this::refresh_getsANewToken)),
                dynamicTest("revoked token is replaced by the next call", visited(this::revokedToken_isReplacedByTheNextCall)),
                dynamicTest("rejected keys fail the test", visited(this::rejectedKeys_failTheTest)),
                dynamicTest("clients are listed", visited(this::clients_areListed)),
                dynamicTest("page looks right in light and dark", visited(this::page_looksRightInLightAndDark)),
                dynamicTest("browser receives no key and no token", visited(this::browser_receivesNoKeyAndNoToken)),
                // Last: it leaves a back-off behind.
                dynamicTest("outage shows the failure and the next attempt",
                        visited(this::outage_showsTheFailureAndTheNextAttempt)));
    }

    private Executable visited(Executable test) {
        return () -> {
            openPage();
            boolean stays = false;
            try {
                test.execute();
                assertThat(visitor.errors()).isEmpty();
                stays = page.isVisible(DEFAULT);
            } finally {
                if (!stays) {
                    leave();
                }
            }
        };
    }

    private void leave() {
        visitor.close();
        visitor = null;
    }

    private void openPage() {
        if (visitor == null) {
            visit(ColorScheme.LIGHT);
        }
        page.locator(EMULATOR + " #reset").click();
        assertThat(page.locator(EMULATOR + " #issued")).hasText("0");
        refresh();
        assertThat(page.locator(DEFAULT + " #outcome")).containsText("There is a new access token");
    }

    private void card_showsTheStrategies() {
        page.navigate(url("/q/dev-ui/extensions"));
        Locator card = page.locator("qwc-extension[name='Hume AI']");
        assertThat(card).containsText("Accounts");
        assertThat(card).containsText("api-key, token");
        screenshot(card, "dev-ui-card");
    }

    private void accounts_showStrategyKeysAndToken() {
        assertThat(page.locator(DEFAULT)).containsText("the emulator has both keys");
        assertThat(page.locator(DEFAULT)).containsText(Pattern.compile("API key\\s*•{8}\\S{4}\\s*from the emulator"));
        assertThat(page.locator(DEFAULT)).containsText("valid token");
        assertThat(page.locator(DEFAULT + " #failures")).hasText("none");
        assertThat(page.locator(CLOUD)).containsText("hume.accounts.\"cloud\".strategy=api-key");
        assertThat(page.locator(CLOUD + " #refresh")).hasCount(0);
    }

    private void countdown_ticks() {
        Locator expiry = page.locator(DEFAULT + " #expiry");
        assertThat(expiry).hasText(Pattern.compile("2\\d min \\d+ s"));
        String before = expiry.textContent();
        assertThat(expiry).not().hasText(before);
        assertThat(expiry).hasText(Pattern.compile("2\\d min \\d+ s"));
    }

    private void refresh_getsANewToken() {
        assertThat(page.locator(EMULATOR + " #issued")).hasText("1");
        refresh();
        assertThat(page.locator(EMULATOR + " #issued")).hasText("2");
    }

    private void revokedToken_isReplacedByTheNextCall() {
        page.locator(EMULATOR + " [data-revoke='<default>']").click();
        assertThat(page.locator(EMULATOR + " #live")).hasText("0");
        assertThat(page.locator(EMULATOR + " #done")).containsText("the next call is answered with 401");
        test(DEFAULT);
        assertThat(page.locator(DEFAULT + " #outcome"))
                .containsText(Pattern.compile("200\\s+GET http://\\S+: 200 OK\\s+· \\d+ ms"));
        assertThat(page.locator(EMULATOR + " #live")).hasText("1");
    }

    private void outage_showsTheFailureAndTheNextAttempt() {
        page.locator(EMULATOR + " #token-endpoint [data-value='outage']").click();
        assertThat(page.locator(EMULATOR + " #token-endpoint [data-value='outage']")).hasAttribute("aria-pressed", "true");
        refresh();
        assertThat(page.locator(DEFAULT + " #last-error")).containsText("503");
        assertThat(page.locator(DEFAULT + " #failures")).containsText(Pattern.compile("1\\s+next attempt in \\d+ s"));
        assertThat(page.locator(DEFAULT)).containsText("renewal failing");
        refresh();
        assertThat(page.locator(DEFAULT + " #outcome")).containsText("the next attempt is due in");
        page.screenshot(
                new Page.ScreenshotOptions().setStyle(WITHOUT_NOTIFICATIONS).setPath(SCREENSHOTS.resolve("dev-ui-outage.png")));
        page.locator(EMULATOR + " #reset").click();
        assertThat(page.locator(EMULATOR + " #token-endpoint [data-value='normal']")).hasAttribute("aria-pressed", "true");
    }

    private void rejectedKeys_failTheTest() {
        page.locator(EMULATOR + " [data-regenerate='cloud']").click();
        test(CLOUD);
        assertThat(page.locator(CLOUD + " #outcome")).containsText("401");
    }

    private void clients_areListed() {
        Locator clients = page.locator("qwc-hume-clients tbody tr");
        assertThat(clients.filter(named("EmpathicVoice"))).containsText("annotation");
        assertThat(clients.filter(named("EmpathicVoice"))).containsText(Pattern.compile("chats\\(\\)\\s+api-key"));
        assertThat(clients.filter(named("AudioDecisions"))).containsText("configuration");
        assertThat(clients.filter(named("TextToSpeech"))).containsText("programmatic");
        assertThat(clients.filter(named("Conversation"))).containsText("WebSocket");
        RestAssured.get("/chats").then().statusCode(200);
        assertThat(clients.filter(named("ChatHistory"))).containsText("HumeRequestFilter");
    }

    private void page_looksRightInLightAndDark() {
        RestAssured.get("/chats").then().statusCode(200);
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            leave();
            visit(scheme);
            test(DEFAULT);
            assertThat(page.locator(DEFAULT + " #outcome")).containsText("200");
            assertThat(page.locator("qwc-hume-clients tbody tr").filter(named("ChatHistory"))).isVisible();
            page.screenshot(new Page.ScreenshotOptions().setStyle(WITHOUT_NOTIFICATIONS)
                    .setPath(SCREENSHOTS.resolve("dev-ui-" + scheme.name().toLowerCase() + ".png")));
            assertThat(contrast()).as("contrast of text and background, " + scheme).isGreaterThan(4.5);
        }
    }

    private void browser_receivesNoKeyAndNoToken() {
        test(DEFAULT);
        assertThat(page.locator(DEFAULT + " #outcome")).containsText("200");
        String received = visitor.received();
        String control = RestAssured.get(page.locator(EMULATOR + " a").getAttribute("href")).asString();
        List<String> keys = Pattern.compile("\"(?:api|secret)_key\":\"([^\"]+)\"").matcher(control).results()
                .map(match -> match.group(1)).toList();
        assertThat(keys).hasSize(4);
        for (String key : keys) {
            assertThat(received).doesNotContain(key).doesNotContain(key.substring(key.length() - 8));
        }
        assertThat(received).contains(keys.get(0).substring(keys.get(0).length() - 4))
                .doesNotContain(RestAssured.get("/token").asString());
    }

    /** The Dev UI follows what the system prefers. */
    private void visit(ColorScheme scheme) {
        visitor = chromium.visitor(new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1440, 1640));
        page = visitor.page();
        page.navigate(url("/q/dev-ui/extensions"));
        page.locator("a:has-text('Accounts')").click();
        assertThat(page.locator(DEFAULT)).isVisible();
    }

    private void refresh() {
        page.locator(DEFAULT + " #refresh").click();
        assertThat(page.locator(DEFAULT + " #refresh")).isEnabled();
    }

    private void test(String account) {
        page.locator(account + " #test").click();
    }

    private static Locator.FilterOptions named(String name) {
        return new Locator.FilterOptions().setHasText(name);
    }

    private void screenshot(Locator part, String name) {
        part.screenshot(new Locator.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    /** WCAG 2.1: the contrast of a heading of ours and what is behind it. */
    private double contrast() {
        return ((Number) page.locator(DEFAULT + " h3").evaluate(
                """
                        heading => {
                            const luminance = colour => {
                                const canvas = document.createElement('canvas').getContext('2d');
                                canvas.fillStyle = colour;
                                canvas.fillRect(0, 0, 1, 1);
                                const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(channel => channel / 255)
                                    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                            };
                            const both = [getComputedStyle(heading).color, getComputedStyle(document.body).backgroundColor].map(luminance);
                            return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
                        }
                        """))
                .doubleValue();
    }

    private static String url(String path) {
        return ConfigProvider.getConfig().getValue("test.url", String.class) + path;
    }
}
