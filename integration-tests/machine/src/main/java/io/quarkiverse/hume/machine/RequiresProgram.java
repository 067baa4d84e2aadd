package io.quarkiverse.hume.machine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/** A test that starts programs of the machine. Without them it is skipped, or fails where tools are required: {@link Tools}. */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(RequiredPrograms.class)
public @interface RequiresProgram {

    /**
     * Names of programs on the {@code PATH}, with arguments that they have to know. Each must succeed with {@code --version}.
     */
    String[] value();

    /** How to get them, as a sentence without its full stop. */
    String remedy() default "Install it, so that it is on the PATH";
}
