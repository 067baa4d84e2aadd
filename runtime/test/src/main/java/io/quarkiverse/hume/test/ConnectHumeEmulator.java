package io.quarkiverse.hume.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Injects the emulator that replaces Hume for the application under test. Use this annotation on a field of the type {@link
 * HumeEmulator} in a class with {@code @QuarkusTest} or {@code @QuarkusIntegrationTest}. Fields of superclasses and of the
 * classes that enclose a {@code @Nested} class are set, too. The fields are set before the methods with {@code @BeforeEach}
 * run. If no emulator is running, the test fails before it starts.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(HumeEmulatorExtension.class)
public @interface ConnectHumeEmulator {

    /** Whether {@link HumeEmulator#reset()} is called before and after each test. */
    boolean reset() default true;
}
