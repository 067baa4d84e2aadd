package io.quarkiverse.hume.deployment;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.quarkus.builder.item.BuildItem;

/**
 * The packages of the deployment module import only the packages that they may use: each concern has its own package, and they
 * exchange data only in build items.
 */
class ArchitectureTest {

    private static final String ROOT = "io.quarkiverse.hume.deployment";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    /** A row of the page's table: package, purpose, imports. */
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z.]+)`\\n\\| (.+)\\n\\| (nothing|`.+`)$", Pattern.MULTILINE);

    /**
     * The packages, each with those that it imports besides itself and the root. A package is listed behind all those that it
     * imports, so that there is no cycle. The page "Architecture" says what each is for.
     */
    private static Map<String, List<String>> packages() {
        Map<String, List<String>> packages = new LinkedHashMap<>();
        packages.put("message", List.of());
        packages.put("config", List.of());
        packages.put("index", List.of());
        packages.put("spi", List.of());
        packages.put("access", List.of());
        packages.put("account", List.of("config", "index", "message", "spi"));
        packages.put("rest", List.of("config", "index", "message", "spi"));
        packages.put("rest.credential", List.of("index", "message", "rest"));
        packages.put("token", List.of("account", "index", "spi"));
        packages.put("websocket", List.of("account", "config", "index", "spi"));
        packages.put("webhook", List.of("index", "spi"));
        packages.put("browser", List.of("access", "config", "message", "spi"));
        packages.put("relay", List.of("access", "config", "message", "spi"));
        packages.put("devservices", List.of("config", "index", "message", "spi"));
        packages.put("binding", List.of());
        // These look at what the others have found.
        packages.put("redis", List.of("browser", "config", "message", "relay", "webhook"));
        packages.put("observability", List.of("browser", "config", "relay", "spi", "webhook"));
        packages.put("check", List.of("account", "config", "index", "message", "rest", "rest.credential",
                "spi", "webhook", "websocket"));
        packages.put("devui", List.of("devservices", "index", "rest", "spi", "websocket"));
        return packages;
    }

    @TestFactory
    Stream<DynamicTest> packages_importWhatIsListed() {
        return packages().entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
            Set<String> imported = CLASSES.stream()
                    .filter(type -> type.getPackageName().equals(ROOT + "." + entry.getKey()))
                    .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType().getPackageName())
                    .filter(name -> name.startsWith(ROOT + ".")).map(name -> name.substring(ROOT.length() + 1))
                    .filter(name -> !name.equals(entry.getKey())).collect(Collectors.toCollection(TreeSet::new));
            assertThat(imported).containsExactlyElementsOf(entry.getValue());
        }));
    }

    /** The page for contributors has the same table. */
    @Test
    void page_hasTheSameTable() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "modules", "ROOT", "pages", "architecture.adoc"));
        String section = Stream.of(page.split("\n== ")).filter(part -> part.startsWith("Packages of the deployment module"))
                .findFirst().orElseThrow();
        Map<String, List<String>> documented = new LinkedHashMap<>();
        ROW.matcher(section).results().forEach(row -> documented.put(row.group(1), row.group(3).equals("nothing") ? List.of()
                : Stream.of(row.group(3).split(", ")).map(name -> name.replace("`", "")).toList()));
        assertThat(documented).isEqualTo(packages());
        assertThat(documented.keySet()).containsExactlyElementsOf(packages().keySet());
    }

    @Test
    void imports_formNoCycle() {
        Set<String> before = new HashSet<>();
        packages().forEach((name, imports) -> {
            assertThat(before).as("listed before " + name).containsAll(imports);
            before.add(name);
        });
    }

    @Test
    void everyPackage_isListed() {
        classes().that().resideInAPackage(ROOT + ".*..").should()
                .resideInAnyPackage(packages().keySet().stream().map(name -> ROOT + "." + name).toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void root_announcesTheExtensionAndNothingElse() {
        classes().that().resideInAPackage(ROOT).should().haveSimpleName("HumeFeatureProcessor").check(CLASSES);
    }

    @Test
    void buildItems_haveFinalFields() {
        fields().that().areDeclaredInClassesThat().areAssignableTo(BuildItem.class).should().beFinal().check(CLASSES);
    }

    @Test
    void everyLogMessage_hasACode() {
        noClasses().that().haveNameNotMatching(".*\\.HumeBuildLog(_.logger)?").should().dependOnClassesThat()
                .haveNameMatching("org\\.jboss\\.logging\\.(Basic)?Logger|java\\.util\\.logging\\..*|org\\.slf4j\\..*")
                .check(CLASSES);
    }

    @Test
    void emulator_isUsedWhereItIsStartedAndControlled() {
        noClasses().that().resideInAPackage(ROOT + "..").and().resideOutsideOfPackages(ROOT + ".devservices",
                ROOT + ".devui").should().dependOnClassesThat().resideInAPackage("io.quarkiverse.hume.emulator..")
                .check(CLASSES);
    }
}
