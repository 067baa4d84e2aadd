package io.quarkiverse.hume.runtime.devui;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The Dev UI sees what may be shown, and could not show more if it wanted to. */
class DevUIArchitectureTest {

    private static final String ROOT = "io.quarkiverse.hume";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT + ".runtime.devui");

    @Test
    void devUI_seesNoSecret() {
        noClasses().that().resideInAPackage(ROOT + ".runtime.devui").should().dependOnClassesThat().haveNameMatching(
                "io\\.quarkiverse\\.hume\\.(AccessToken|HumeTokens|HumeTokenSource|HumeCredentials|HumeCredentialsProvider"
                        + "|HumeHandshake|HumeWebSockets)")
                .check(CLASSES);
    }

    @Test
    void devUI_readsAccountsOnly() {
        noClasses().that().resideInAPackage(ROOT + ".runtime.devui").should().dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".runtime.token", ROOT + ".runtime.credential",
                        ROOT + ".runtime.config", ROOT + ".runtime.keys", ROOT + ".runtime.endpoint", ROOT + ".runtime.rest..",
                        ROOT + ".runtime.websocket", ROOT + ".runtime.browser", ROOT + ".runtime.webhook")
                .check(CLASSES);
    }
}
