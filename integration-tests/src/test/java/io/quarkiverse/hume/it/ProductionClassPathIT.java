package io.quarkiverse.hume.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The packaged application does not contain what only dev mode needs. */
class ProductionClassPathIT {

    @Test
    void packagedApplication_hasNothingOfDevMode() throws IOException {
        List<String> libraries;
        try (Stream<Path> files = Files.list(Path.of("target", "quarkus-app", "lib", "main"))) {
            libraries = files.map(file -> file.getFileName().toString()).toList();
        }
        assertThat(libraries).anyMatch(name -> name.startsWith("io.quarkiverse.hume.quarkus-hume-"));
        assertThat(libraries).noneMatch(name -> name.contains("quarkus-hume-dev") || name.contains("quarkus-hume-deployment")
                || name.contains("quarkus-hume-emulator") || name.contains("devui"));
    }
}
