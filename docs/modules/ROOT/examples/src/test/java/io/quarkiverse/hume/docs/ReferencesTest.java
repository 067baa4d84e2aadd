package io.quarkiverse.hume.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.docs.Documentation.Page;

/** What pages refer to exists: other pages, properties, log messages, tests. */
class ReferencesTest {

    private static final Pattern PROPERTY = Pattern
            .compile("(?<![\\w/-])hume\\.[a-z][a-z-]*(?:\\.(?:[a-z][a-z-]*|\"[^\"]+\"))*");
    private static final Pattern DOCUMENTED = Pattern.compile("`\\+\\+\\+(hume\\.[^+]+)\\+\\+\\+`");
    private static final Pattern TEST = Pattern.compile("\\b([A-Z][A-Za-z]+Test)\\b");
    private static final Pattern MESSAGE = Pattern.compile("\\bHUME(\\d{4})\\b");
    private static final Pattern LINK = Pattern.compile("xref:([\\w-]+\\.adoc)(?:#([\\w-]+))?\\[");
    private static final Pattern ANCHOR = Pattern.compile("(?:^\\[#|\\[\\[)([\\w-]+)]", Pattern.MULTILINE);

    /** Set by the Dev Service, read by a test, and names of metrics and of attributes of spans. */
    private static final Set<String> NOT_CONFIGURED = Set.of("hume.emulator.url", "hume.soak.seed", "hume.token.requests",
            "hume.unauthorized.calls", "hume.webhook.verifications", "hume.account", "hume.token.outcome",
            "hume.relay.requests", "hume.relay.input.tokens", "hume.relay.operation", "hume.relay.outcome");

    private static Stream<MatchResult> find(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    @Test
    void properties_areInTheReference() throws IOException {
        Set<String> known = new HashSet<>(NOT_CONFIGURED);
        try (Stream<Path> files = Files.list(Documentation.MODULE.resolve("pages/includes"))) {
            files.forEach(file -> find(DOCUMENTED, Documentation.read(file))
                    .forEach(match -> known.add(anyAccount(match.group(1)))));
        }
        assertThat(known).hasSizeGreaterThan(20);
        List<String> unknown = texts()
                .flatMap(page -> find(PROPERTY, page.text().replace("hume.ai", "").replace("quarkus.hume.", ""))
                        .map(match -> anyAccount(match.group()))
                        .filter(name -> !known.contains(name) && known.stream().noneMatch(full -> full.startsWith(name + ".")))
                        .map(name -> page.name() + ": " + name))
                .distinct().toList();
        assertThat(unknown).as("properties that the configuration reference does not have").isEmpty();
    }

    private static String anyAccount(String property) {
        return property.replaceAll("\"[^\"]+\"", "*").replaceFirst("accounts\\.(cloud|other|customer-care)\\.", "accounts.*.");
    }

    /** The pages and texts, and the configuration that they show. */
    private static Stream<Page> texts() {
        return Stream.concat(Stream.concat(Documentation.pages().stream(), Documentation.markdown().stream()),
                Documentation.exampleFiles().stream()
                        .filter(file -> file.toString().endsWith(".properties"))
                        .map(file -> new Page(file.getFileName().toString(), Documentation.read(file))));
    }

    @Test
    void documentedTests_exist() throws IOException {
        Set<String> classes;
        try (Stream<Path> files = Files.walk(Documentation.REPOSITORY)) {
            classes = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length())).collect(Collectors.toSet());
        }
        assertThat(mentioned(TEST)).hasSizeGreaterThan(20).filteredOn(name -> !name.startsWith("Quarkus"))
                .filteredOn(name -> !classes.contains(name)).as("tests that this repository does not have").isEmpty();
    }

    @Test
    void messages_exist() throws IOException {
        Set<String> codes = new HashSet<>();
        try (Stream<Path> files = Stream.concat(Files.walk(Documentation.REPOSITORY.resolve("runtime/src/main/java")),
                Files.walk(Documentation.REPOSITORY.resolve("deployment/src/main/java")))) {
            files.filter(file -> file.toString().endsWith("Log.java")).forEach(file -> find(
                    Pattern.compile("@Message\\(id = (\\d+)"), Documentation.read(file))
                    .forEach(match -> codes.add(String.format("%04d", Integer.parseInt(match.group(1))))));
        }
        assertThat(mentioned(MESSAGE)).isNotEmpty().filteredOn(code -> !codes.contains(code))
                .as("messages that the extension does not have").isEmpty();
    }

    private static Set<String> mentioned(Pattern pattern) {
        return Stream.concat(Documentation.markdown().stream(), Documentation.pages().stream())
                .flatMap(page -> find(pattern, page.text()))
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void links_haveTargets() {
        List<Page> pages = Documentation.pages();
        List<String> broken = pages.stream().flatMap(page -> find(LINK, page.text()).filter(link -> pages.stream()
                .noneMatch(target -> target.name().equals(link.group(1)) && hasAnchor(target, link.group(2))))
                .map(link -> page.name() + ": " + link.group())).toList();
        assertThat(broken).as("links to a page or an explicit anchor that is not there").isEmpty();
    }

    private static boolean hasAnchor(Page page, String anchor) {
        return anchor == null || find(ANCHOR, page.text()).anyMatch(match -> match.group(1).equals(anchor));
    }

    @Test
    void pages_areInTheNavigation() {
        String navigation = Documentation.read(Documentation.MODULE.resolve("nav.adoc"));
        List<String> listed = find(LINK, navigation).map(link -> link.group(1)).toList();
        assertThat(listed).doesNotHaveDuplicates()
                .containsAll(Documentation.pages().stream().map(Page::name).toList());
    }

    /** A newcomer who has read a page is led on to others. */
    @Test
    void everyPage_linksToTheNext() {
        assertThat(Documentation.pages())
                .filteredOn(page -> find(LINK, page.text()).allMatch(link -> link.group(1).equals(page.name())))
                .extracting(Page::name).as("pages without a link to another").isEmpty();
    }
}
