package io.quarkiverse.hume.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The emulator stands on its own, and its rooms have no circle. */
class ArchitectureTest {

    private static final String ROOT = "io.quarkiverse.hume.emulator";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    @Test
    void emulator_needsNeitherQuarkusNorTheExtension() {
        classes().should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.crypto..", "javax.sound.sampled", "io.vertx.core..", "org.jboss.logging",
                        ROOT + "..")
                .check(CLASSES);
    }

    @Test
    void rooms_haveNoCircle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void platformsAndSound_knowNothingOfTheControlApi() {
        for (String room : new String[] { "voice", "cloud", "sound", "socket", "http" }) {
            classes().that().resideInAPackage(ROOT + "." + room).should().onlyDependOnClassesThat()
                    .resideOutsideOfPackages(ROOT + ".control", ROOT + ".server", ROOT + ".fault", ROOT + ".credential",
                            ROOT)
                    .check(CLASSES);
        }
    }
}
