package org.acme.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ApiKeyOnlyIT extends ApiKeyOnlyTest {

    @Test
    void application_hasNoLibraryThatOnlyTokensNeed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target/quarkus-app/lib/main"))) {
            List<String> libraries = files.map(file -> file.getFileName().toString()).toList();
            assertThat(libraries).anyMatch(name -> name.contains("quarkus-hume"))
                    .noneMatch(name -> name.matches(".*(scheduler|cron-utils|fault-tolerance-core|fault-tolerance-api).*"));
        }
    }
}
