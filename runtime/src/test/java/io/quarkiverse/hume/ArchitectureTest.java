package io.quarkiverse.hume;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.token.TokenKeeper;

/**
 * The packages of the runtime import only the packages that they may use: the engine does not depend on adapters, and adapters
 * do not depend on each other.
 */
class ArchitectureTest {

    private static final String ROOT = "io.quarkiverse.hume";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    private static final String[] OBSERVERS = { ROOT + ".runtime.health", ROOT + ".runtime.metrics",
            ROOT + ".runtime.tracing" };

    /** What belongs to the implementation of the REST client, of Vert.x and of the HTTP layer, and who alone may import it. */
    private static final Map<String, String[]> IMPLEMENTATIONS = Map.of(
            "rest.call",
            new String[] { "org.jboss.resteasy.reactive.client.impl..", "org.jboss.resteasy.reactive.client.handlers..",
                    "io.quarkus.rest.client.reactive.runtime..", "io.vertx.core..impl.." },
            "access", new String[] { "io.quarkus.vertx.http.runtime.security..", "io.quarkus.vertx.http.runtime.cors..",
                    "io.quarkus.security.spi.runtime.." },
            "webhook", new String[] { "org.jboss.resteasy.reactive.server.." },
            "websocket", new String[] { "io.quarkus.websockets.next.." });

    /** A row of the page's table: package, purpose, imports. */
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z.]+)`\\n\\| (.+)\\n\\| (nothing|`.+`)$", Pattern.MULTILINE);

    /**
     * The rooms, each with the rooms that it may import besides the public API and itself. A room is listed behind all those
     * that it imports, so that the arrows form no circle. The page "Architecture" says what each is for.
     */
    private static Map<String, List<String>> rooms() {
        Map<String, List<String>> rooms = new LinkedHashMap<>();
        rooms.put("name", List.of());
        rooms.put("log", List.of());
        rooms.put("token", List.of("name"));
        rooms.put("event", List.of("token"));
        rooms.put("credential", List.of("name", "token"));
        rooms.put("context", List.of("credential", "token"));
        rooms.put("notification", List.of("context", "token"));
        rooms.put("endpoint", List.of("event", "name", "token"));
        rooms.put("config", List.of("name"));
        rooms.put("keys", List.of("credential", "name"));
        rooms.put("binding", List.of("name"));
        rooms.put("expiry", List.of("config", "log", "name", "token"));
        rooms.put("limit", List.of("config", "event", "name", "token"));
        rooms.put("transport", List.of("config", "credential", "log"));
        rooms.put("account", List.of("context", "credential", "event", "limit", "name", "token", "transport"));
        rooms.put("startup",
                List.of("account", "config", "context", "credential", "event", "expiry", "keys", "limit", "log", "name",
                        "notification", "token",
                        "transport"));
        rooms.put("refresh",
                List.of("account", "config", "context", "credential", "endpoint", "event", "log", "name", "startup",
                        "token", "transport"));
        rooms.put("rest.call", List.of("account", "credential", "event", "limit", "log", "token"));
        rooms.put("rest", List.of("account", "config", "name", "rest.call", "transport"));
        rooms.put("handshake", List.of("account", "config", "credential", "log"));
        // The public HumeWebSockets and the settings of the handshake are what the adapter is made of.
        rooms.put("websocket", List.of("account", "config", "credential", "event", "handshake", "log", "transport"));
        rooms.put("access", List.of("token"));
        rooms.put("webhook", List.of("access", "account", "config", "context", "credential", "event", "log", "name", "token"));
        rooms.put("browser", List.of("access", "account", "config", "event", "log", "name", "token"));
        rooms.put("relay",
                List.of("access", "account", "config", "credential", "event", "handshake", "limit", "log", "name",
                        "notification", "token", "transport"));
        rooms.put("redis", List.of("access", "config", "log", "webhook"));
        rooms.put("health", List.of("account", "name"));
        rooms.put("metrics", List.of("event"));
        rooms.put("tracing", List.of("event", "token"));
        return rooms;
    }

    @TestFactory
    Stream<DynamicTest> rooms_importWhatTheyMay() {
        return rooms().entrySet().stream().map(room -> DynamicTest.dynamicTest(room.getKey(), () -> {
            List<String> allowed = new ArrayList<>(List.of(ROOT, room(room.getKey())));
            room.getValue().forEach(name -> allowed.add(room(name)));
            classes().that().resideInAPackage(room(room.getKey())).should()
                    .onlyDependOnClassesThat(foreignOrIn(allowed)).check(CLASSES);
        }));
    }

    @TestFactory
    Stream<DynamicTest> rooms_importNothingThatTheyDoNotNeed() {
        return rooms().entrySet().stream().map(room -> DynamicTest.dynamicTest(room.getKey(), () -> {
            Set<String> used = CLASSES.stream().filter(type -> type.getPackageName().equals(room(room.getKey())))
                    .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType().getPackageName())
                    .collect(Collectors.toSet());
            assertThat(room.getValue()).allMatch(name -> used.contains(room(name)));
        }));
    }

    /** The page for contributors has the same table. */
    @Test
    void page_hasTheSameTable() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "modules", "ROOT", "pages", "architecture.adoc"));
        String section = Stream.of(page.split("\n== ")).filter(part -> part.startsWith("Packages of the runtime module"))
                .findFirst().orElseThrow();
        Map<String, List<String>> documented = new LinkedHashMap<>();
        ROW.matcher(section).results().forEach(row -> documented.put(row.group(1), row.group(3).equals("nothing") ? List.of()
                : Stream.of(row.group(3).split(", ")).map(name -> name.replace("`", "")).toList()));
        assertThat(documented).isEqualTo(rooms());
        assertThat(documented.keySet()).containsExactlyElementsOf(rooms().keySet());
    }

    @Test
    void packageDependencies_formNoCycle() {
        Set<String> before = new HashSet<>();
        rooms().forEach((room, imports) -> {
            assertThat(before).as("listed before " + room).containsAll(imports);
            before.add(room);
        });
    }

    @Test
    void everyPackage_isListed() {
        classes().that().resideInAPackage(ROOT + "..").should().resideInAnyPackage(
                Stream.concat(Stream.of(ROOT), rooms().keySet().stream().map(ArchitectureTest::room)).toArray(String[]::new))
                .check(CLASSES);
    }

    @TestFactory
    Stream<DynamicTest> implementationClasses_areImportedByOneRoom() {
        return IMPLEMENTATIONS.entrySet().stream().map(only -> DynamicTest.dynamicTest(only.getKey(),
                () -> noClasses().that().resideOutsideOfPackage(room(only.getKey()))
                        .and().doNotBelongToAnyOf(HumeWebSockets.class)
                        // Vert.x has no public way to upgrade one connection without compression.
                        .and().doNotHaveFullyQualifiedName(room("relay") + ".BrowserHandshake").should()
                        .dependOnClassesThat().resideInAnyPackage(only.getValue()).check(CLASSES)));
    }

    @Test
    void engineAndNames_arePlainJava() {
        classes().that().resideInAnyPackage(room("token"), room("name")).should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", ROOT, room("token"), room("name")).check(CLASSES);
    }

    @Test
    void credentials_knowNeitherContainerNorConfiguration() {
        noClasses().that().resideInAPackage(ROOT + ".runtime.credential").should().dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "io.quarkus..", "io.vertx..", "org.eclipse..").check(CLASSES);
    }

    @Test
    void observers_neverSeeASecret() {
        noClasses().that().resideInAnyPackage(OBSERVERS).should().dependOnClassesThat().belongToAnyOf(AccessToken.class,
                HumeCredentials.class, HumeTokens.class, Account.class, TokenKeeper.class).check(CLASSES);
    }

    @Test
    void metrics_knowNoMetricsSystem() {
        noClasses().that().resideInAPackage(ROOT + "..").should().dependOnClassesThat().resideInAPackage("io.micrometer..")
                .check(CLASSES);
    }

    @Test
    void optionalApis_areUsedWhereTheyAreOptional() {
        noClasses().that().resideOutsideOfPackages(ROOT + ".runtime.health", ROOT + ".runtime.tracing").should()
                .dependOnClassesThat().resideInAnyPackage("org.eclipse.microprofile.health..", "io.opentelemetry..")
                .check(CLASSES);
    }

    @Test
    void everyLogMessage_hasACode() {
        noClasses().that().haveNameNotMatching(".*\\.HumeLog(_.logger)?").should()
                .dependOnClassesThat().haveNameMatching("org\\.jboss\\.logging\\.(Basic)?Logger|java\\.util\\.logging\\..*"
                        + "|org\\.slf4j\\..*")
                .check(CLASSES);
    }

    @Test
    void webhookSignatures_arePlainJava() {
        Class<?>[] plain = Stream.of("WebhookVerifier", "WebhookHeaders", "WebhookSignature", "ReplayMemory")
                .map(name -> CLASSES.get(ROOT + ".runtime.webhook." + name).reflect()).toArray(Class<?>[]::new);
        noClasses().that().belongToAnyOf(plain).should().dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "io.quarkus..", "io.smallrye..", "io.vertx..", "org..", ROOT,
                        ROOT + ".runtime.account", ROOT + ".runtime.credential")
                .check(CLASSES);
    }

    @Test
    void publicApi_showsNoImplementation() {
        noClasses().that().resideInAPackage(ROOT).and().haveSimpleNameNotStartingWith("HumeWebSockets").should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".runtime..", "io.vertx..", "io.quarkus..", "io.smallrye.config..").check(CLASSES);
    }

    private static String room(String name) {
        return ROOT + ".runtime." + name;
    }

    private static DescribedPredicate<JavaClass> foreignOrIn(List<String> packages) {
        return DescribedPredicate.describe("are foreign or in " + packages,
                type -> !type.getPackageName().startsWith(ROOT) || packages.contains(type.getPackageName()));
    }
}
