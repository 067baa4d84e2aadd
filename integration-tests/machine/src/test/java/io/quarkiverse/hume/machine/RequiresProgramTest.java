package io.quarkiverse.hume.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The annotation on classes and methods. The programs are the JDK's, and one that no machine has. */
class RequiresProgramTest {

    private static final String MISSING = "program-that-no-machine-has";
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @Test
    void annotation_bringsItsCondition() {
        assertThat(RequiresProgram.class.getAnnotation(ExtendWith.class).value()).containsExactly(RequiredPrograms.class);
    }

    @Test
    void missingProgram_skipsClassesSubclassesAndMethods() throws Exception {
        for (AnnotatedElement element : new AnnotatedElement[] { Annotated.class, Inheriting.class,
                Method.class.getDeclaredMethod("annotated") }) {
            ConditionEvaluationResult result = evaluate(false, element);
            assertThat(result.isDisabled()).as(element.toString()).isTrue();
            assertThat(result.getReason().orElseThrow()).startsWith(MISSING + ": ").contains("No such file");
        }
    }

    @Test
    void nothingNeeded_nothingSkipped() throws Exception {
        assertThat(evaluate(true, Method.class).isDisabled()).isFalse();
        assertThat(evaluate(true, Method.class.getDeclaredMethod("plain")).isDisabled()).isFalse();
    }

    @Test
    void requiredProgram_failsTheTestAndSaysWhatToDo() {
        assertThatThrownBy(() -> evaluate(true, Annotated.class)).isInstanceOf(MissingToolException.class)
                .hasMessageContainingAll(MISSING, "Install it, so that it is on the PATH", "TEST_TOOLS_REQUIRED");
    }

    @Test
    void allOfThemAreNeeded() {
        assertThat(evaluate(false, SecondMissing.class).getReason().orElseThrow()).startsWith(MISSING);
    }

    @Test
    void program_isThereIfItKnowsItsArguments() {
        assertThat(RequiredPrograms.problem(JAVA)).isEmpty();
        assertThat(RequiredPrograms.problem(JAVA + " -no-such-option").orElseThrow())
                .contains("-no-such-option --version\" ended with the status 1");
    }

    private static ConditionEvaluationResult evaluate(boolean required, AnnotatedElement element) {
        Tools tools = new Tools(required, new Findings.InMemory(), new PrintStream(OutputStream.nullOutputStream()));
        ExtensionContext context = (ExtensionContext) Proxy.newProxyInstance(RequiresProgramTest.class.getClassLoader(),
                new Class<?>[] { ExtensionContext.class }, (proxy, method, arguments) -> Optional.of(element));
        return new RequiredPrograms(tools).evaluateExecutionCondition(context);
    }

    @RequiresProgram(MISSING)
    static class Annotated {
    }

    static class Inheriting extends Annotated {
    }

    @RequiresProgram({ "java", MISSING })
    static class SecondMissing {
    }

    static class Method {

        @RequiresProgram(MISSING)
        void annotated() {
        }

        void plain() {
        }
    }
}
