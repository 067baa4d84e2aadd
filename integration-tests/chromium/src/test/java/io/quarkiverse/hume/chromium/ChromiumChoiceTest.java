package io.quarkiverse.hume.chromium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import com.microsoft.playwright.PlaywrightException;

/** Which browser is opened, and what is said if there is none. Nothing starts here. */
class ChromiumChoiceTest {

    private static final String DOWNLOADED = "downloaded";

    @TempDir
    Path directory;

    private final List<String> tried = new ArrayList<>();
    private final List<String> downloads = new ArrayList<>();
    private Path first;
    private Path second;

    @BeforeEach
    void directories() throws IOException {
        first = Files.createDirectory(directory.resolve("first"));
        second = Files.createDirectory(directory.resolve("second"));
    }

    @Test
    void installedOne_isOpened_andNothingDownloaded() throws IOException {
        String chromium = program(second, "chromium");
        assertThat(open(Optional.empty())).isEqualTo(chromium);
        assertThat(downloads).isEmpty();
    }

    @Test
    void brokenOne_isFollowedByTheNext() throws IOException {
        String broken = program(first, "chromium-browser");
        String chrome = program(second, "google-chrome");
        assertThat(open(Optional.empty(), broken)).isEqualTo(chrome);
        assertThat(tried).containsExactly(broken, chrome);
        assertThat(downloads).isEmpty();
    }

    @Test
    void noneInstalled_oneIsDownloaded() throws IOException {
        Files.createFile(first.resolve("chromium"));
        Files.createDirectory(second.resolve("chromium"));
        assertThat(open(Optional.empty())).isEqualTo(DOWNLOADED);
        assertThat(downloads).hasSize(1);
    }

    @Test
    void noneInstalledAndNoDownload_hasBothReasons() {
        assertThatThrownBy(() -> open(Optional.of("connection refused"))).isInstanceOf(PlaywrightException.class)
                .hasMessage("there is none on the PATH, none can be downloaded (connection refused)");
    }

    @Test
    void noneStarts_hasAllReasons() throws IOException {
        String broken = program(first, "chromium");
        assertThatThrownBy(() -> open(Optional.empty(), broken, DOWNLOADED)).isInstanceOf(PlaywrightException.class)
                .hasMessage(broken
                        + " does not start (wrong architecture), the downloaded one does not start (wrong architecture)");
    }

    @Test
    void annotation_needsTheBrowser() {
        assertThat(RequiresChromium.class.getAnnotation(ExtendWith.class).value()).containsExactly(RequiredChromium.class);
        AnnotatedElement annotated = ChromiumTest.class;
        assertThat(new RequiredChromium().tools(annotated)).containsExactly(Chromium.TOOL);
        assertThat(new RequiredChromium().tools(ChromiumChoiceTest.class)).isEmpty();
    }

    private String open(Optional<String> undownloadable, String... broken) {
        return Chromium.open(first + File.pathSeparator + File.pathSeparator + second, file -> {
            String name = file.map(Path::toString).orElse(DOWNLOADED);
            tried.add(name);
            if (List.of(broken).contains(name)) {
                throw new PlaywrightException("Error {\n  message='wrong architecture\n  Browser logs: ...");
            }
            return name;
        }, () -> {
            downloads.add("asked");
            return undownloadable;
        });
    }

    private static String program(Path directory, String name) throws IOException {
        return Files.createFile(directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"))).toString();
    }
}
