package io.quarkiverse.hume.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/**
 * What coding agents read about the extension. Its code blocks, properties and message codes are held by the tests of the
 * pages;
 * here is what only it has.
 */
class SkillTest {

    private static final Pattern TYPE = Pattern.compile("\\b((?:Connect)?Hume[A-Z]\\w*|AccessToken)\\b");
    private static final Pattern MEMBER = Pattern.compile("`(?:(Hume\\w+)\\.)?(\\w+)\\(\\)`");
    private static final Pattern REASON = Pattern.compile("`([A-Z]+(?:_[A-Z]+)+)`");
    private static final Path TESTS = Documentation.REPOSITORY
            .resolve("runtime/test/src/main/java/io/quarkiverse/hume/test");
    private static final Path API = Documentation.REPOSITORY.resolve("runtime/src/main/java/io/quarkiverse/hume");

    private final String text = Documentation.read(Documentation.SKILL);

    @Test
    void types_arePublic() throws IOException {
        Set<String> known;
        try (Stream<Path> files = Stream.concat(Files.list(API), Files.list(TESTS))) {
            known = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length())).collect(Collectors.toSet());
        }
        // An example's own
        known.add("HumeEvents");
        assertThat(found(TYPE)).hasSizeGreaterThan(8).isSubsetOf(known);
    }

    @Test
    void methods_exist() throws IOException {
        StringBuilder api = new StringBuilder();
        try (Stream<Path> files = Files.list(API)) {
            files.filter(Files::isRegularFile).forEach(file -> api.append(Documentation.read(file)));
        }
        List<String> methods = MEMBER.matcher(text).results().map(match -> match.group(2)).distinct().toList();
        assertThat(methods).contains("await", "get", "reason", "retryAt")
                .allMatch(method -> Pattern.compile("\\b" + method + "\\(\\)").matcher(api).find());
    }

    @Test
    void reasons_exist() {
        String exception = Documentation.read(API.resolve("HumeAuthenticationException.java"));
        assertThat(found(REASON)).isNotEmpty().allMatch(reason -> exception.contains(reason));
    }

    @Test
    void pathOfTheBrowserToken_isTheDefault() {
        String reference = Documentation.read(Documentation.MODULE.resolve("pages/includes/quarkus-hume_hume.adoc"));
        assertThat(text).contains("`/hume/token`");
        assertThat(reference).contains("`+++/hume/token+++`");
    }

    private Set<String> found(Pattern pattern) {
        return pattern.matcher(text).results().map(MatchResult::group).map(name -> name.replace("`", ""))
                .collect(Collectors.toSet());
    }
}
