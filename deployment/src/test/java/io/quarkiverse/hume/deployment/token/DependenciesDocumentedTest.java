package io.quarkiverse.hume.deployment.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** Every dependency that applications get is explained on the page about dependencies. */
class DependenciesDocumentedTest {

    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");

    @Test
    void everyDependencyOfTheRuntimeModule_isOnThePage() throws Exception {
        String pom = Files.readString(Path.of("../runtime/pom.xml"));
        String dependencies = pom.substring(pom.indexOf("<dependencies>"), pom.indexOf("</dependencies>"));
        List<String> artifacts = DEPENDENCY.matcher(dependencies).results().map(match -> match.group(1))
                .filter(dependency -> !dependency.contains("<scope>"))
                .flatMap(dependency -> ARTIFACT.matcher(dependency).results())
                .map(MatchResult::group).map(element -> element.replaceAll("</?artifactId>", "")).toList();
        String page = Files.readString(Path.of("../docs/modules/ROOT/pages/dependencies.adoc"));
        assertThat(artifacts).contains("quarkus-scheduler", "quarkus-websockets-next")
                .allSatisfy(artifact -> assertThat(page).contains("`" + artifact + "`"));
    }
}
