package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.emulator.EmulatorKeys;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/**
 * A packaged application with beans for keys and tokens that its tests do not have, for instance beans of the production
 * profile. Integration tests start it with the properties of the emulator: neither must the emulator receive the keys of the
 * beans, nor a bean the keys of the emulator.
 */
class PackagedUnderTestTest {

    @RegisterExtension
    static final QuarkusProdModeTest BUILD = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Main.class, VoiceClient.class, RealKeys.class, RealTokens.class))
            .setApplicationName("packaged")
            .overrideConfigKey("microprofile.rest.client.disable.default.mapper", "true")
            .overrideConfigKey("hume.strategy", "token");

    @QuarkusMain
    public static class Main implements QuarkusApplication {
        @RestClient
        VoiceClient voice;

        @Override
        public int run(String... arguments) {
            System.out.println("answer: " + voice.response().getStatus());
            return 0;
        }
    }

    @ProdBuildResults
    ProdModeTestResults build;

    @TempDir
    Path directory;

    private final io.quarkiverse.hume.emulator.HumeEmulator emulator = io.quarkiverse.hume.emulator.HumeEmulator.start(0,
            Set.of(HumeAccount.DEFAULT));

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void emulator_replacesTheBeans() throws Exception {
        String output = start();
        assertThat(output).contains("answer: 200", "HUME0068").contains("RealKeys is not used", "RealTokens is not used");
        assertThat(headers()).contains("emulator-token-").doesNotContain("of-production");
    }

    @Test
    void requestedEmulator_keepsTheBeans() throws Exception {
        assertThat(start("-Dhume.devservices.enabled=true")).contains("answer: 401").doesNotContain("HUME0068");
        assertThat(headers()).contains("real-token-of-production");
    }

    private String headers() {
        return HumeEmulator.at(emulator.baseUri()).requests().list().stream().map(request -> request.headers().toString())
                .collect(Collectors.joining());
    }

    /** @return what the application wrote */
    private String start(String... options) throws IOException, InterruptedException {
        EmulatorKeys keys = emulator.keys(HumeAccount.DEFAULT);
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-Dquarkus.http.port=0", "-Dhume.emulator.url=" + emulator.baseUri(),
                "-Dhume.base-url=" + emulator.baseUri(),
                "-Dhume.api-key=" + keys.apiKey(), "-Dhume.secret-key=" + keys.secretKey()));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", build.getBuiltArtifactPath().toString()));
        Path output = directory.resolve("output");
        Process started = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(started.waitFor(2, TimeUnit.MINUTES)).as("end of the application").isTrue();
        } finally {
            started.destroyForcibly();
        }
        String written = Files.readString(output);
        assertThat(started.exitValue()).as(written).isZero();
        return written;
    }
}
