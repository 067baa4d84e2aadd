package io.quarkiverse.hume.codestart;

import static io.quarkus.devtools.codestarts.quarkus.QuarkusCodestartCatalog.Language.JAVA;
import static io.quarkus.devtools.codestarts.quarkus.QuarkusCodestartCatalog.Language.KOTLIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkus.bootstrap.resolver.maven.BootstrapMavenException;
import io.quarkus.bootstrap.resolver.maven.MavenArtifactResolver;
import io.quarkus.devtools.codestarts.quarkus.QuarkusCodestartCatalog.Language;
import io.quarkus.devtools.project.QuarkusProjectHelper;
import io.quarkus.devtools.testing.codestarts.QuarkusCodestartTest;

/**
 * A Java project generated with the extension alone consists of the sources that this module compiles and tests, and has the
 * dependencies of this module. The sources of a Kotlin project are those that the Kotlin example of the documentation tests.
 */
class HumeCodestartTest {

    private static final Path CODESTART = Path.of("../../runtime/src/main/codestarts/quarkus/hume-codestart");
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>(?!\\s*<version>[^<]*</version>\\s*<type>)");

    @RegisterExtension
    static final QuarkusCodestartTest CODESTART_TEST = QuarkusCodestartTest.builder()
            .setupStandaloneExtensionTest("io.quarkiverse.hume:quarkus-hume")
            .languages(JAVA, KOTLIN)
            .build();

    /** The extension is in this build and nowhere else. */
    @BeforeAll
    static void findExtensionInThisBuild() throws BootstrapMavenException {
        QuarkusProjectHelper.setArtifactResolver(MavenArtifactResolver.builder().setWorkspaceDiscovery(true).build());
    }

    @ParameterizedTest
    @EnumSource(names = { "JAVA", "KOTLIN" })
    void sources_areTheOnesThatAreTested(Language language) throws Throwable {
        Path codestart = CODESTART.resolve(language.key());
        Path project = CODESTART_TEST.getProjectWithRealDataDir(language);
        assertThat(sources(project)).isEqualTo(sources(codestart)).hasSize(4);
        for (String file : sources(codestart)) {
            assertThat(project.resolve(file.replace("org/acme", "ilove/quark/us"))).content()
                    .isEqualTo(Files.readString(codestart.resolve(file)).replace("org.acme", "ilove.quark.us"));
        }
    }

    @Test
    void buildFile_hasTheDependenciesOfThisModule() throws IOException {
        String pom = Files.readString(CODESTART_TEST.getProjectWithRealDataDir(JAVA).resolve("pom.xml"));
        assertThat(dependencies(pom)).contains("io.quarkiverse.hume:quarkus-hume");
        TreeSet<String> here = dependencies(Files.readString(Path.of("pom.xml")));
        here.removeAll(Set.of("io.quarkus:quarkus-devtools-testing", "org.assertj:assertj-core"));
        assertThat(dependencies(pom)).isEqualTo(here);
    }

    @Test
    void readme_saysWhatToDoWithoutAnAccount() throws Throwable {
        assertThat(CODESTART_TEST.getProjectWithRealDataDir(JAVA).resolve("README.md")).content()
                .contains("## Hume AI", "curl localhost:8080/speech", "HUME_API_KEY");
    }

    private static List<String> sources(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|kt)"))
                    .map(file -> directory.relativize(file).toString().replace('\\', '/')
                            .replace("ilove/quark/us", "org/acme"))
                    .sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TreeSet<String> dependencies(String pom) {
        String section = pom.substring(pom.lastIndexOf("<dependencies>"), pom.lastIndexOf("</dependencies>"));
        TreeSet<String> found = new TreeSet<>();
        DEPENDENCY.matcher(section).results().forEach(match -> found.add(match.group(1) + ":" + match.group(2)));
        return found;
    }
}
