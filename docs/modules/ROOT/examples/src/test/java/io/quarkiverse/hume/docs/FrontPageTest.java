package io.quarkiverse.hume.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The README says the same as the first page, and both say what was measured. */
class FrontPageTest {

    private static final String README = Documentation.read(Documentation.REPOSITORY.resolve("README.md"));
    private static final String FIRST_PAGE = Documentation.read(Documentation.MODULE.resolve("pages/index.adoc"));
    private static final String MEASURED = Documentation.read(Documentation.MODULE.resolve("pages/failures.adoc"));

    @Test
    void platforms_sameAsOnTheFirstPage() {
        assertThat(cells(section("# <img"))).hasSizeGreaterThan(15).allMatch(inText(FIRST_PAGE));
    }

    @Test
    void headerLine_sameAsOnTheFirstPage() {
        assertThat(cells(section("## \"A header is one line\""))).hasSizeGreaterThan(30)
                .allMatch(inText(FIRST_PAGE));
    }

    @Test
    void oidcClient_sameAsOnTheFirstPageAndAsMeasured() {
        List<String> cells = cells(section("## \"quarkus-oidc-client can do client credentials\""));
        assertThat(cells).hasSizeGreaterThan(15).allMatch(inText(FIRST_PAGE));
        assertThat(cells).allMatch(inText(MEASURED));
    }

    @Test
    void figuresOfTheStart_asMeasured() {
        String sentence = "Compared with the same application without authentication, the JVM has loaded 338 more classes"
                + " after the start with the extension, and 551 more with the OIDC filter. The start takes 0.093 s longer with"
                + " the extension, and 0.166 s longer with the OIDC filter. The difference between these two times is smaller"
                + " than the variation from one start to the next.";
        assertThat(README).contains(sentence);
        assertThat(FIRST_PAGE).contains(sentence);
        assertThat(MEASURED).contains("| Start\n| 0.998 s\n| +0.166 s\n| +0.093 s",
                "| Classes loaded when it has started\n| 4061\n| +551\n| +338");
    }

    @Test
    void commands_areTheOnesThatAreTested() {
        String script = Documentation.read(Documentation.EXAMPLES.resolve("api-key-only/src/test/shell/decisions.sh"));
        String answer = Documentation.read(Documentation.EXAMPLES.resolve("api-key-only/src/test/shell/decisions.json"));
        String commands = Stream.of("recording", "ask").map(tag -> Documentation.region(script, tag).orElseThrow())
                .reduce((first, second) -> first + "\n" + second).orElseThrow();
        assertThat(README).contains("```shell\n" + commands + "\n```\n```\n" + answer.strip() + "\n```");
    }

    @Test
    void snippets_haveTheVersionOfTheRelease() {
        String pom = Documentation.read(Documentation.EXAMPLES.resolve("pom.xml"));
        String dependency = dependency(pom, "dependency");
        assertThat(FIRST_PAGE).contains("----\n" + dependency + "\n----")
                .contains("implementation(\"io.quarkiverse.hume:quarkus-hume:{project-version}\")")
                .contains("implementation 'io.quarkiverse.hume:quarkus-hume:{project-version}'");
        assertThat(Documentation.read(Documentation.MODULE.resolve("pages/testing.adoc")))
                .contains("----\n" + dependency(pom, "test") + "\n----");
        String project = Documentation.read(Documentation.REPOSITORY.resolve(".github/project.yml"));
        assertThat(project).contains("current-version: " + Documentation.version() + "\n");
        assertThat(README).contains(dependency.replace("{project-version}", Documentation.version()));
    }

    private static String dependency(String pom, String tag) {
        return Documentation.region(pom, tag).orElseThrow()
                .replaceFirst("<version>[^<]+</version>", "<version>{project-version}</version>");
    }

    /** An address in the metadata would make the browser of every developer who opens the Dev UI call that host. */
    @Test
    void icon_isInTheReadme_andNotLoadedByTheDevUI() {
        String icon = "docs/modules/ROOT/images/icon.svg";
        assertThat(README).startsWith("# <img src=\"" + icon + "\"");
        assertThat(Documentation.read(Documentation.REPOSITORY.resolve(icon))).startsWith("<svg ");
        assertThat(Documentation.read(
                Documentation.REPOSITORY.resolve("runtime/src/main/resources/META-INF/quarkus-extension.yaml")))
                .doesNotContain("icon-url");
    }

    private static String section(String title) {
        int start = README.indexOf(title);
        assertThat(start).as(title).isNotNegative();
        int end = README.indexOf("\n## ", start + 1);
        return README.substring(start, end < 0 ? README.length() : end);
    }

    /** The texts in the tables of a section, without markup. */
    private static List<String> cells(String section) {
        return section.lines().filter(line -> line.startsWith("|") && !line.startsWith("|---"))
                .flatMap(row -> Arrays.stream(row.substring(1).split("\\|"))).map(FrontPageTest::plain)
                .filter(cell -> !cell.isBlank()).toList();
    }

    private static Predicate<String> inText(String page) {
        String plain = plain(page);
        return plain::contains;
    }

    private static String plain(String text) {
        return Pattern.compile("\\[([^\\]]+)]\\([^)]+\\)").matcher(text).replaceAll("$1").replaceAll("[`+]", "").strip();
    }
}
