package io.quarkiverse.hume;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** Who may import whom: the engine knows nothing of the adapters, the adapters nothing of each other. */
class ArchitectureTest {

    private static final String ROOT = "io.quarkiverse.hume";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    private static final String[] OBSERVERS = { ROOT + ".runtime.health", ROOT + ".runtime.metrics",
            ROOT + ".runtime.tracing" };

    /** By package, the packages of ours that it may import besides the public API and itself. */
    private static Map<String, List<String>> allowed() {
        Map<String, List<String>> allowed = new LinkedHashMap<>();
        allowed.put(ROOT, List.of());
        allowed.put(ROOT + ".runtime.token", List.of());
        allowed.put(ROOT + ".runtime.credential", List.of("token"));
        allowed.put(ROOT + ".runtime.endpoint", List.of("token"));
        allowed.put(ROOT + ".runtime.config", List.of());
        allowed.put(ROOT + ".runtime.account", List.of("token", "credential", "endpoint", "config"));
        allowed.put(ROOT + ".runtime.rest", List.of("credential", "account"));
        // The public HumeWebSockets and the settings of the handshake are what the adapter is made of.
        allowed.put(ROOT + ".runtime.websocket", List.of("credential", "account", "config"));
        allowed.put(ROOT + ".runtime.webhook", List.of("credential", "account", "config"));
        allowed.put(ROOT + ".runtime.browser", List.of("credential", "account", "config"));
        allowed.put(ROOT + ".runtime.health", List.of("account"));
        allowed.put(ROOT + ".runtime.metrics", List.of("account", "token"));
        allowed.put(ROOT + ".runtime.tracing", List.of("account"));
        return allowed;
    }

    @TestFactory
    Stream<DynamicTest> packages_importInwardOnly() {
        return allowed().entrySet().stream().map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> {
            List<String> inner = new ArrayList<>(List.of(ROOT, rule.getKey()));
            rule.getValue().forEach(name -> inner.add(ROOT + ".runtime." + name));
            classes().that().resideInAPackage(rule.getKey()).should().onlyDependOnClassesThat(
                    foreignOrIn(inner)).check(CLASSES);
        }));
    }

    @Test
    void everyPackage_hasARule() {
        classes().that().resideInAPackage(ROOT + "..").should()
                .resideInAnyPackage(allowed().keySet().toArray(String[]::new)).check(CLASSES);
    }

    @Test
    void engine_isPlainJava() {
        classes().that().resideInAPackage(ROOT + ".runtime.token").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", ROOT, ROOT + ".runtime.token").check(CLASSES);
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
        Class<?>[] plain = Stream.of("WebhookVerifier", "WebhookVerdict", "WebhookHeaders", "WebhookSignature", "ReplayMemory")
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

    private static DescribedPredicate<JavaClass> foreignOrIn(List<String> packages) {
        return DescribedPredicate.describe("are foreign or in " + packages,
                type -> !type.getPackageName().startsWith(ROOT) || packages.contains(type.getPackageName()));
    }
}
