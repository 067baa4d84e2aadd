package io.quarkiverse.hume.chromium;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;

/**
 * A headless Chromium: the one of the system where there is one, else the one that Playwright downloads. Not for several
 * threads.
 */
public final class Chromium implements AutoCloseable {

    private static final List<String> SYSTEM = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome");

    /** Nothing of the browser itself calls home, and the pages may play sound and use a microphone that hums. */
    private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--autoplay-policy=no-user-gesture-required", "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** @throws com.microsoft.playwright.PlaywrightException if there is no browser, and none can be downloaded */
    public static Chromium open() {
        Optional<Path> installed = installed();
        // Without this, Playwright would download its own browsers although one is there.
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(
                installed.isPresent() ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of()));
        try {
            BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setHeadless(true).setArgs(ARGUMENTS);
            installed.ifPresent(options::setExecutablePath);
            return new Chromium(playwright, playwright.chromium().launch(options));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** A visitor with no history. Whatever its pages receive, {@link Visitor#received()} has it. */
    public Visitor visitor() {
        return visitor(new Browser.NewContextOptions());
    }

    /** @param options colour scheme, size, permissions and the like */
    public Visitor visitor(Browser.NewContextOptions options) {
        return new Visitor(browser.newContext(options));
    }

    @Override
    public void close() {
        playwright.close();
    }

    private static Optional<Path> installed() {
        return SYSTEM.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }
}
