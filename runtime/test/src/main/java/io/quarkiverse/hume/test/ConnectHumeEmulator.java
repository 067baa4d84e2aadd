package io.quarkiverse.hume.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a field of the type {@link HumeEmulator} in a class with {@code @QuarkusTest} or {@code @QuarkusIntegrationTest}: it
 * controls the emulator that replaces Hume for the application under test. The field is set before the methods with
 * {@code @BeforeEach} run, also in superclasses and in classes around one with {@code @Nested}. A test fails before it
 * starts if no emulator runs.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(HumeEmulatorExtension.class)
public @interface ConnectHumeEmulator {

    /** Whether {@link HumeEmulator#reset()} is called before and after each test. */
    boolean reset() default true;
}
