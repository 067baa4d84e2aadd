package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Proxy;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstances;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;

/** Mistakes in the use of the annotation, and who sets which fields. */
class ConnectHumeEmulatorTest {

    private static final String ADDRESS = "hume.emulator.url";

    private io.quarkiverse.hume.emulator.HumeEmulator server;

    @BeforeEach
    void start() {
        server = io.quarkiverse.hume.emulator.HumeEmulator.start(0, List.of(HumeEmulator.DEFAULT_ACCOUNT));
        System.setProperty(ADDRESS, server.baseUri().toString());
    }

    @AfterEach
    void stop() {
        System.clearProperty(ADDRESS);
        server.close();
    }

    static class Plain {

        @ConnectHumeEmulator
        HumeEmulator emulator;
    }

    @QuarkusTest
    static class InTheProcess extends Plain {
    }

    @QuarkusIntegrationTest
    static class Packaged extends InTheProcess {
    }

    @QuarkusIntegrationTest
    @Retention(RetentionPolicy.RUNTIME)
    @interface PackagedApplicationTest {
    }

    @QuarkusTest
    @Retention(RetentionPolicy.RUNTIME)
    @interface ApplicationTest {
    }

    @PackagedApplicationTest
    static class PackagedByComposition extends Plain {
    }

    @ApplicationTest
    static class InTheProcessByComposition extends Plain {
    }

    @QuarkusIntegrationTest
    interface Annotated {
    }

    static class PackagedByInterface extends Plain implements Annotated {
    }

    static class OfAnotherType {

        @ConnectHumeEmulator
        String emulator;
    }

    static class Unchangeable {

        @ConnectHumeEmulator
        final HumeEmulator emulator = HumeEmulator.connect();
    }

    static class Unreset {

        @ConnectHumeEmulator(reset = false)
        HumeEmulator emulator;
    }

    @Test
    void testWithoutQuarkus_failsAndNamesTheWayOut() {
        assertThatIllegalStateException().isThrownBy(() -> before(new Plain()))
                .withMessageContainingAll("Plain", "@QuarkusTest", "HumeEmulator.connect()");
    }

    @Test
    void fieldThatCannotBeSet_failsAndIsNamed() {
        for (Object test : List.of(new OfAnotherType(), new Unchangeable())) {
            assertThatIllegalStateException().isThrownBy(() -> EmulatorFields.connect(test))
                    .withMessageContainingAll(test.getClass().getName() + ".emulator", "must not be final");
        }
    }

    @Test
    void integrationTest_isConnectedAndReset() {
        HumeEmulator.connect().api().fail(500);
        Packaged test = new Packaged();
        before(test);
        assertThat(test.emulator.uri()).isEqualTo(server.baseUri());
        assertThat(server.overview().getJsonObject("api_fault")).isNull();
        test.emulator.api().fail(500);
        new HumeEmulatorExtension().afterEach(context(test));
        assertThat(server.overview().getJsonObject("api_fault")).isNull();
    }

    @Test
    void annotationOfAnAnnotationOrOfAnInterface_counts() {
        for (Plain test : List.of(new PackagedByComposition(), new PackagedByInterface())) {
            before(test);
            assertThat(test.emulator.uri()).isEqualTo(server.baseUri());
        }
    }

    @Test
    void testInTheProcess_isLeftToQuarkus() {
        for (Plain test : List.of(new InTheProcess(), new InTheProcessByComposition())) {
            before(test);
            assertThat(test.emulator).isNull();
            new QuarkusTestConnection().afterConstruct(test);
            assertThat(test.emulator).isNotNull();
        }
    }

    @Test
    void testThatQuarkusHasConnected_needsNoAnnotation() {
        Plain test = new Plain();
        new QuarkusTestConnection().afterConstruct(test);
        assertThatNoException().isThrownBy(() -> before(test));
    }

    @Test
    void fieldThatIsNotReset_keepsTheFaults() {
        HumeEmulator.connect().api().fail(500);
        EmulatorFields.reset(List.of(new Plain(), new Unreset()));
        assertThat(server.overview().getJsonObject("api_fault")).isNotNull();
        EmulatorFields.reset(List.of(new Plain()));
        assertThat(server.overview().getJsonObject("api_fault")).isNull();
    }

    @Test
    void testsWithoutTheAnnotation_needNoEmulator() {
        System.clearProperty(ADDRESS);
        assertThatNoException().isThrownBy(() -> EmulatorFields.connect(new Object()));
        assertThatNoException().isThrownBy(() -> EmulatorFields.reset(List.of(new Object())));
        assertThatIllegalStateException().isThrownBy(() -> EmulatorFields.connect(new Plain()))
                .withMessageContaining("hume.devservices.enabled");
    }

    private static void before(Object test) {
        new HumeEmulatorExtension().beforeEach(context(test));
    }

    private static ExtensionContext context(Object test) {
        TestInstances instances = proxy(TestInstances.class, List.of(test));
        return (ExtensionContext) Proxy.newProxyInstance(ExtensionContext.class.getClassLoader(),
                new Class<?>[] { ExtensionContext.class },
                (self, method, arguments) -> method.getName().equals("getRequiredTestClass") ? test.getClass() : instances);
    }

    private static <T> T proxy(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
                (self, method, arguments) -> answer));
    }
}
