package io.quarkiverse.hume.test;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;

/**
 * Sets the fields of classes with {@code @QuarkusIntegrationTest}. For classes with {@code @QuarkusTest}, {@link
 * QuarkusTestConnection} does this.
 */
final class HumeEmulatorExtension implements BeforeEachCallback, AfterEachCallback {

    @Override
    public void beforeEach(ExtensionContext context) {
        List<Object> tests = context.getRequiredTestInstances().getAllInstances();
        if (isAnnotated(tests, QuarkusIntegrationTest.class)) {
            tests.forEach(EmulatorFields::connect);
            EmulatorFields.reset(tests);
        } else if (!isAnnotated(tests, QuarkusTest.class)) {
            throw new IllegalStateException("@ConnectHumeEmulator: " + context.getRequiredTestClass().getName()
                    + " has neither @QuarkusTest nor @QuarkusIntegrationTest. In other tests, use HumeEmulator.connect()");
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<Object> tests = context.getRequiredTestInstances().getAllInstances();
        if (isAnnotated(tests, QuarkusIntegrationTest.class)) {
            EmulatorFields.reset(tests);
        }
    }

    /**
     * The annotation is compared by name, because a test with its own profile is loaded by another class loader than this
     * extension.
     */
    private static boolean isAnnotated(List<Object> tests, Class<? extends Annotation> annotation) {
        return tests.stream().anyMatch(test -> isAnnotated(test.getClass(), annotation.getName()));
    }

    private static boolean isAnnotated(Class<?> test, String annotation) {
        return test != null
                && (Stream.of(test.getAnnotations()).anyMatch(one -> one.annotationType().getName().equals(annotation))
                        || isAnnotated(test.getSuperclass(), annotation));
    }
}
