package io.quarkiverse.hume.test;

import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        } else if (!isAnnotated(tests, QuarkusTest.class) && !tests.stream().allMatch(EmulatorFields::isConnected)) {
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
     * extension. As for JUnit, it can be part of another annotation, or on an interface.
     */
    private static boolean isAnnotated(List<Object> tests, Class<? extends Annotation> annotation) {
        Set<Class<?>> visited = new HashSet<>();
        return tests.stream().anyMatch(test -> isAnnotated(test.getClass(), annotation.getName(), visited));
    }

    private static boolean isAnnotated(Class<?> type, String annotation, Set<Class<?>> visited) {
        return type != null && visited.add(type)
                && (Stream.of(type.getAnnotations()).map(Annotation::annotationType).anyMatch(
                        one -> one.getName().equals(annotation) || isAnnotated(one, annotation, visited))
                        || Stream.of(type.getInterfaces()).anyMatch(one -> isAnnotated(one, annotation, visited))
                        || isAnnotated(type.getSuperclass(), annotation, visited));
    }
}
