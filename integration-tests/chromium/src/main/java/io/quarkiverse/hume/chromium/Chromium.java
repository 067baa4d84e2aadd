package io.quarkiverse.hume.chromium;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.impl.driver.Driver;

import io.quarkiverse.hume.machine.Tool;

/**
 * A headless Chromium: the first one on the {@code PATH} that starts, otherwise the one that Playwright downloads. Not
 * thread-safe.
 */
public final class Chromium implements AutoCloseable {

    /**
     * The tool that tests of the browser need. Use {@link RequiresChromium}, or {@code Tools.assume} if only a part of a test
     * needs it.
     */
    public static final Tool TOOL = new Tool("Chromium", "Install it (Debian, Ubuntu: apt-get install chromium), or let"
            + " Playwright download one", Chromium::problem);

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome",
            "google-chrome-stable");

    /** The browser makes no requests of its own, and pages may play sound and use a microphone, which is simulated. */
    private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--autoplay-policy=no-user-gesture-required", "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream");

    private static final String SKIP_DOWNLOAD = "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD";
    private static final int DOWNLOAD_MINUTES = 5;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** @throws PlaywrightException if no browser starts and none can be downloaded; the message contains all reasons */
    public static Chromium open() {
        return open(System.getenv("PATH"), Chromium::launch, Chromium::download);
    }

    /**
     * @param launch starts the browser from a file, or the downloaded browser if no file is given
     * @param download downloads a browser; returns why this is impossible, or empty if there is a browser now
     */
    static <T> T open(String path, Function<Optional<Path>, T> launch, Supplier<Optional<String>> download) {
        List<String> problems = new ArrayList<>();
        for (Path installed : installed(path)) {
            try {
                return launch.apply(Optional.of(installed));
            } catch (RuntimeException e) {
                problems.add(installed + " does not start (" + reason(e) + ")");
            }
        }
        if (problems.isEmpty()) {
            problems.add("there is none on the PATH");
        }
        Optional<String> undownloadable = download.get();
        if (undownloadable.isPresent()) {
            problems.add("none can be downloaded (" + undownloadable.get() + ")");
        } else {
            try {
                return launch.apply(Optional.empty());
            } catch (RuntimeException e) {
                problems.add("the downloaded one does not start (" + reason(e) + ")");
            }
        }
        throw new PlaywrightException(String.join(", ", problems));
    }

    /** Shortens the message, because the messages of Playwright are very long and begin with a brace. */
    private static String reason(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).lines().map(line -> line.strip().replaceFirst("^message='", ""))
                .filter(line -> !line.isEmpty() && !line.equals("Error {")).findFirst().orElse(failure.toString());
    }

    private static Optional<String> problem() {
        try {
            open().close();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Opens a session without history. {@link Visitor#received()} returns everything that its pages receive. */
    public Visitor visitor() {
        return visitor(new Browser.NewContextOptions());
    }

    /** @param options settings of the session, such as color scheme, size and permissions */
    public Visitor visitor(Browser.NewContextOptions options) {
        return new Visitor(browser.newContext(options));
    }

    @Override
    public void close() {
        playwright.close();
    }

    private static List<Path> installed(String path) {
        return Stream.of(path.split(File.pathSeparator)).filter(directory -> !directory.isEmpty())
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file)).distinct().toList();
    }

    private static Chromium launch(Optional<Path> file) {
        // Without this setting, Playwright would download the browsers of all vendors, even if one is installed.
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of(SKIP_DOWNLOAD, "1")));
        try {
            BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setHeadless(true).setArgs(ARGUMENTS);
            file.ifPresent(options::setExecutablePath);
            return new Chromium(playwright, playwright.chromium().launch(options));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** Downloads the browser, unless an earlier build has downloaded it. */
    private static Optional<String> download() {
        try {
            Path output = Files.createTempFile("chromium", ".txt");
            ProcessBuilder install = Driver.ensureDriverInstalled(Map.of(SKIP_DOWNLOAD, "1"), false).createProcessBuilder();
            install.command().addAll(List.of("install", "--only-shell", "chromium"));
            install.environment().remove(SKIP_DOWNLOAD);
            install.environment().putIfAbsent("PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT", "10000");
            Process process = install.redirectErrorStream(true).redirectOutput(output.toFile()).start();
            if (!process.waitFor(DOWNLOAD_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return Optional.of("not within " + DOWNLOAD_MINUTES + " minutes");
            }
            String text = Files.readString(output);
            Files.delete(output);
            return process.exitValue() == 0 ? Optional.empty()
                    : text.lines().filter(line -> line.contains("Error")).reduce((first, last) -> last)
                            .or(() -> Optional.of("status " + process.exitValue()));
        } catch (IOException | RuntimeException e) {
            return Optional.of(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the download of a browser", e);
        }
    }
}
