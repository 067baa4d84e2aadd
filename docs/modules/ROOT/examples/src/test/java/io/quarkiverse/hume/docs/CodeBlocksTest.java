package io.quarkiverse.hume.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.docs.Documentation.Block;
import io.quarkiverse.hume.docs.Documentation.Include;
import io.quarkiverse.hume.docs.Documentation.Page;

/** Every code block is taken from a file of this module, where it is compiled and tested. */
class CodeBlocksTest {

    private static final Set<String> LANGUAGES = Set.of("java", "properties", "yaml", "javascript", "js", "xml", "shell",
            "json", "html");

    /** Blocks that cannot be run here. Keep it short. */
    private static final List<TypedBlock> EXCEPTIONS = List.of(
            new TypedBlock("accounts.adoc", "hume.secrets-directory=/var/run/secrets/hume",
                    "a path of the production machine; KeyRotationTest sets the property"),
            new TypedBlock("accounts.adoc", "apiVersion: v1",
                    "for a cluster, which is not here; KeyRotationTest swaps the files as a cluster does"),
            new TypedBlock("index.adoc", "<dependency>", "has the version of the release; FrontPageTest compares it"),
            new TypedBlock("index.adoc", "mvn quarkus:dev", "takes a terminal, and Maven 3.9"),
            new TypedBlock("index.adoc", "./gradlew quarkusDev", "takes Gradle"),
            new TypedBlock("native.adoc", "mvn package -Dnative", "takes GraalVM"),
            new TypedBlock("observability.adoc", "groups:", "rules for a Prometheus, which is not here"),
            new TypedBlock("several-instances.adoc", "apiVersion: apps/v1",
                    "for a cluster, which is not here; SharedStateTest starts two instances with such an environment"),
            new TypedBlock("testing.adoc", "<dependency>", "has the version of the release; FrontPageTest compares it"),
            new TypedBlock("tls.adoc", "hume.base-url=https://hume.gateway.example", "a gateway that does not exist"),
            new TypedBlock("tls.adoc", "quarkus.tls.gateway.trust-store.pem.certs=/etc/gateway/ca.crt",
                    "paths of the production machine"),
            new TypedBlock("tls.adoc", "quarkus.proxy.corporate.host=proxy.example", "a proxy that does not exist"));

    /** @param firstLine by which the block is known */
    private record TypedBlock(String page, String firstLine, String reason) {

        boolean is(Block block) {
            return page.equals(block.page().name()) && !block.content().isEmpty() && firstLine.equals(block.content().get(0));
        }
    }

    @Test
    void blocks_areIncluded() {
        List<String> typed = Documentation.pages().stream().flatMap(page -> Documentation.blocks(page).stream())
                .filter(block -> LANGUAGES.contains(block.language()) && !block.isIncluded())
                .filter(block -> EXCEPTIONS.stream().noneMatch(exception -> exception.is(block)))
                .map(Block::toString).toList();
        assertThat(typed).as("blocks that are typed into a page instead of included from docs/modules/ROOT/examples"
                + " by include::{examplesdir}/...[tag=...]").isEmpty();
    }

    @Test
    void exceptions_areUsed() {
        List<Page> pages = Documentation.pages();
        List<Block> blocks = pages.stream().flatMap(page -> Documentation.blocks(page).stream()).toList();
        assertThat(EXCEPTIONS).filteredOn(exception -> pages.stream().anyMatch(page -> page.name().equals(exception.page())))
                .allMatch(exception -> blocks.stream().anyMatch(exception::is));
    }

    @Test
    void includedRegions_exist() {
        List<String> missing = Documentation.pages().stream().flatMap(page -> Documentation.includes(page).stream())
                .flatMap(CodeBlocksTest::faults).toList();
        assertThat(missing).isEmpty();
    }

    private static Stream<String> faults(Include include) {
        String where = include.page().name() + " includes " + Documentation.EXAMPLES.relativize(include.file());
        if (!Files.isRegularFile(include.file())) {
            return Stream.of(where + ", which does not exist");
        }
        String text = Documentation.read(include.file());
        return include.tags().stream().filter(tag -> Documentation.region(text, tag).filter(r -> !r.isEmpty()).isEmpty())
                .map(tag -> where + " [" + tag + "], which has no such region");
    }

    @Test
    void regions_areIncludedSomewhere() {
        Set<String> included = new HashSet<>();
        Documentation.pages().stream().flatMap(page -> Documentation.includes(page).stream())
                .forEach(include -> include.tags().forEach(tag -> included.add(include.file() + " " + tag)));
        List<String> unused = Documentation.exampleFiles().stream()
                .filter(file -> !file.startsWith(Documentation.EXAMPLES.resolve("src/test/java/io")))
                .flatMap(file -> Pattern.compile("tag::([\\w-]+)\\[]").matcher(Documentation.read(file)).results()
                        .map(match -> file + " " + match.group(1)).distinct())
                // With the version of the release: FrontPageTest
                .filter(region -> !region.startsWith(Documentation.EXAMPLES.resolve("pom.xml") + " "))
                .filter(region -> !included.contains(region)).toList();
        assertThat(unused).as("regions that no page shows").isEmpty();
    }

    @Test
    void markdown_showsTestedCode() {
        List<String> regions = Documentation.exampleFiles().stream()
                .flatMap(file -> Documentation.regions(file).stream())
                .map(CodeBlocksTest::withoutCallouts).toList();
        for (Page text : Documentation.markdown()) {
            List<String> blocks = Pattern.compile("(?ms)^```(?:java|properties|xml)\\n(.*?)\\n```$").matcher(text.text())
                    .results().map(block -> block.group(1).strip()).toList();
            assertThat(blocks).isNotEmpty().filteredOn(block -> !regions.contains(block))
                    .as("blocks of " + text.name() + " that are no region of docs/modules/ROOT/examples").isEmpty();
        }
    }

    private static String withoutCallouts(String region) {
        return region.replaceAll(" *(//|#) <\\d+>", "");
    }

    @Test
    void parser_seesABlock() {
        Page page = new Page("p.adoc", "= P\n\n[source,java]\n----\nclass A {}\n----\n");
        assertThat(Documentation.blocks(page)).singleElement().matches(block -> !block.isIncluded())
                .hasToString("p.adoc:5 [java] class A {}");
        assertThat(Documentation.region("a\n// tag::x[]\n  b\n// end::x[]\n", "x")).isEqualTo(Optional.of("b"));
    }
}
