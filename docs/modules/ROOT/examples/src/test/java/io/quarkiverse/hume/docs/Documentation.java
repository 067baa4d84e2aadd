package io.quarkiverse.hume.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages, and what stands in them. Paths are relative to this module, which is where Maven runs its tests. */
final class Documentation {

    static final Path EXAMPLES = Path.of("").toAbsolutePath();
    static final Path MODULE = EXAMPLES.getParent();
    static final Path REPOSITORY = MODULE.getParent().getParent().getParent();

    /** What coding agents read about the extension. */
    static final Path SKILL = REPOSITORY.resolve("deployment/src/main/resources/META-INF/quarkus-skill.md");

    private static final Pattern SOURCE = Pattern.compile("\\[source,\\s*([a-z]+).*]");
    private static final Pattern INCLUDE = Pattern
            .compile("include::\\{examplesdir}/([^\\[]+)\\[(?:tags?=([\\w*;-]+))?(?:,.*)?]");

    private Documentation() {
    }

    /** @param text as it is in the file */
    record Page(String name, String text) {

        List<String> lines() {
            return text.lines().toList();
        }
    }

    /** @param line of its first line */
    record Block(Page page, String language, int line, List<String> content) {

        boolean isIncluded() {
            return !content.isEmpty() && content.stream().allMatch(text -> INCLUDE.matcher(text).matches());
        }

        @Override
        public String toString() {
            return page.name() + ":" + line + " [" + language + "] " + (content.isEmpty() ? "" : content.get(0).strip());
        }
    }

    /** @param tags empty for the whole file */
    record Include(Page page, Path file, List<String> tags) {
    }

    static List<Page> pages() {
        Path directory = MODULE.resolve("pages");
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".adoc")).sorted()
                    .map(file -> new Page(file.getFileName().toString(), read(file))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Texts in Markdown, which hold the same kinds of statements as pages. */
    static List<Page> markdown() {
        return Stream.of(REPOSITORY.resolve("README.md"), SKILL)
                .map(file -> new Page(file.getFileName().toString(), read(file))).toList();
    }

    /** The blocks of a page that are marked as source text. */
    static List<Block> blocks(Page page) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = page.lines();
        for (int i = 0; i < lines.size(); i++) {
            Matcher source = SOURCE.matcher(lines.get(i));
            if (source.matches()) {
                int start = i + 2;
                int end = start;
                while (!lines.get(end).equals("----")) {
                    end++;
                }
                blocks.add(new Block(page, source.group(1), start + 1, lines.subList(start, end)));
                i = end;
            }
        }
        return blocks;
    }

    static List<Include> includes(Page page) {
        return page.lines().stream().map(INCLUDE::matcher).filter(Matcher::matches)
                .map(include -> new Include(page, EXAMPLES.resolve(include.group(1)),
                        Optional.ofNullable(include.group(2)).map(tags -> List.of(tags.split(";"))).orElse(List.of())))
                .toList();
    }

    /** What Asciidoctor makes of a tag: the lines of its regions, indented as little as possible. */
    static Optional<String> region(String text, String tag) {
        List<String> region = new ArrayList<>();
        boolean inside = false;
        boolean found = false;
        for (String line : text.lines().toList()) {
            if (line.contains("tag::" + tag + "[]")) {
                inside = true;
                found = true;
            } else if (line.contains("end::" + tag + "[]")) {
                inside = false;
            } else if (inside && !line.contains("tag::") && !line.contains("end::")) {
                region.add(line);
            }
        }
        return found ? Optional.of(String.join("\n", region).stripIndent().strip()) : Optional.empty();
    }

    static List<String> regions(Path file) {
        String text = read(file);
        return Pattern.compile("tag::([\\w-]+)\\[]").matcher(text).results().map(match -> match.group(1)).distinct()
                .flatMap(tag -> region(text, tag).stream()).toList();
    }

    /** The files that pages may include: of this module, and of the example applications below it. */
    static List<Path> exampleFiles() {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> MODULE.relativize(file).toString().matches("examples/([\\w-]+/)?(src/.*|pom\\.xml)"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code {project-version}} means in the pages. */
    static String version() {
        Matcher version = Pattern.compile("(?m)^:project-version: (\\S+)$")
                .matcher(read(MODULE.resolve("pages/includes/attributes.adoc")));
        if (!version.find()) {
            throw new IllegalStateException("attributes.adoc has no project-version");
        }
        return version.group(1);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
