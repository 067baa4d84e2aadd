package io.quarkiverse.hume.machine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test that starts programs of the machine. Without them, the test is skipped, or fails if tools are required, see
 * {@link Tools}.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(RequiredPrograms.class)
public @interface RequiresProgram {

    /**
     * The names of programs on the {@code PATH}, with arguments that they must support. Each program is called with {@code
     * --version} in addition, which must succeed.
     */
    String[] value();

    /** How to install the programs, as a sentence without the full stop. */
    String remedy() default "Install it, so that it is on the PATH";
}
