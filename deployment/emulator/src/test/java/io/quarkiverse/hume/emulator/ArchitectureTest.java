package io.quarkiverse.hume.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** What the emulator and its packages depend on. */
class ArchitectureTest {

    private static final String ROOT = "io.quarkiverse.hume.emulator";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    @Test
    void emulator_needsNeitherQuarkusNorTheExtension() {
        classes().should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.crypto..", "javax.sound.sampled", "io.vertx.core..", "org.jboss.logging",
                        "io.netty.handler.codec.http", ROOT + "..")
                .check(CLASSES);
    }

    @Test
    void packages_haveNoCircle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void platforms_knowNothingOfTheServer() {
        classes().that().resideInAPackage(ROOT + ".platform").should().onlyDependOnClassesThat().resideOutsideOfPackage(ROOT)
                .check(CLASSES);
    }

    @Test
    void packageOfTheServer_showsTheEmulatorAndItsKeysOnly() {
        classes().that().resideInAPackage(ROOT).and().doNotHaveSimpleName("HumeEmulator").and()
                .doNotHaveSimpleName("EmulatorKeys").should().notBePublic().check(CLASSES);
    }
}
