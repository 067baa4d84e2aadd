package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/**
 * The environment of the build contains the keys, so the build chooses the token strategy, but no build output contains them.
 * The output does not contain the emulator either.
 */
class SecretFreeBuildTest {

    @RegisterExtension
    static final QuarkusProdModeTest BUILD = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClass(VoiceClient.class))
            .setApplicationName("secret-free")
            .overrideConfigKey("hume.api-key", "${CANARY_API_KEY}")
            .overrideConfigKey("hume.secret-key", "${CANARY_SECRET_KEY}")
            .setLogFileName("build.log");

    @ProdBuildResults
    ProdModeTestResults build;

    @Test
    void builtApplication_containsNoSecret() throws IOException {
        String apiKey = System.getenv("CANARY_API_KEY");
        String secretKey = System.getenv("CANARY_SECRET_KEY");
        assertThat(secretKey).isNotBlank();
        Path built = build.getBuildDir();
        List<String> found = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (var files = Files.walk(built)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (InputStream content = Files.newInputStream(file)) {
                    search(built.relativize(file).toString(), content, List.of(apiKey, secretKey), found, names);
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(names).anyMatch(name -> name.endsWith("TokenRefresher.class"))
                .anyMatch(name -> name.contains("application.properties"));
    }

    private static void search(String name, InputStream content, List<String> secrets, List<String> found,
            List<String> names) throws IOException {
        names.add(name);
        byte[] bytes = content.readAllBytes();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        secrets.stream().filter(text::contains).forEach(secret -> found.add(name));
        if (name.endsWith(".jar")) {
            try (ZipInputStream jar = new ZipInputStream(new java.io.ByteArrayInputStream(bytes))) {
                for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                    if (!entry.isDirectory()) {
                        search(name + "!" + entry.getName(), jar, secrets, found, names);
                    }
                }
            }
        }
    }
}
