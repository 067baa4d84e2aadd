package io.quarkiverse.hume.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolsTest {

    private static final Tool PRESENT = new Tool("a tool", "Buy one", Optional::empty);

    @TempDir
    Path directory;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final AtomicInteger examinations = new AtomicInteger();
    private final Tool missing = new Tool("a tool", "Buy one", () -> {
        examinations.incrementAndGet();
        return Optional.of("it is\n  not there");
    });

    @Test
    void presentTool_skipsNothing() {
        assertThat(inOneProcess(false).reasonToSkip(PRESENT)).isEmpty();
        assertThat(inOneProcess(true).reasonToSkip(PRESENT)).isEmpty();
        assertThat(output()).isEmpty();
    }

    @Test
    void missingTool_isReportedInOneLinePerProcess() {
        Tools tools = inOneProcess(false);
        assertThat(tools.reasonToSkip(missing)).contains("a tool: it is not there");
        assertThat(tools.reasonToSkip(missing)).contains("a tool: it is not there");
        assertThat(output()).isEqualTo("Skipping the tests that need a tool: it is not there. Buy one. With"
                + " TEST_TOOLS_REQUIRED=true, these tests fail instead.\n");
        assertThat(examinations).hasValue(1);
    }

    @Test
    void missingTool_isReportedInOneLinePerBuild() {
        for (int process = 0; process < 3; process++) {
            assertThat(inBuild("one", false).reasonToSkip(missing)).contains("a tool: it is not there");
        }
        assertThat(examinations).hasValue(1);
        assertThat(output().lines()).hasSize(1);
        inBuild("two", false).reasonToSkip(missing);
        assertThat(examinations).hasValue(2);
        assertThat(output().lines()).hasSize(2);
    }

    @Test
    void presentTool_isExaminedOncePerBuild_andAgainInTheNext() {
        Tool counted = new Tool("a tool", "Buy one", () -> {
            examinations.incrementAndGet();
            return Optional.empty();
        });
        inBuild("one", true).reasonToSkip(counted);
        inBuild("one", true).reasonToSkip(counted);
        assertThat(examinations).hasValue(1);
        inBuild("two", true).reasonToSkip(counted);
        assertThat(examinations).hasValue(2);
    }

    @Test
    void requiredTool_failsInEveryTestThatNeedsIt() {
        for (int process = 0; process < 2; process++) {
            assertThatThrownBy(() -> inBuild("one", true).reasonToSkip(missing)).isInstanceOf(MissingToolException.class)
                    .hasMessage("a tool: it is not there. Buy one. TEST_TOOLS_REQUIRED is set, so that no test is skipped");
        }
        assertThat(output()).isEmpty();
    }

    @Test
    void longProblem_isCut() {
        Tool verbose = new Tool("a tool", "Buy one", () -> Optional.of("x".repeat(5_000)));
        assertThat(inOneProcess(false).reasonToSkip(verbose).orElseThrow()).hasSizeLessThan(400);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "null", value = { "null,false", "'',false", "' ',false", "false,false", "FALSE,false", "true,true",
            "TRUE,true", "1,true", "yes,true", "treu,true" })
    void everythingButAClearNo_requires(String value, boolean required) {
        assertThat(Tools.isRequired(value)).isEqualTo(required);
    }

    private Tools inOneProcess(boolean required) {
        return new Tools(required, new Findings.InMemory(), out());
    }

    private Tools inBuild(String build, boolean required) {
        return new Tools(required, new Findings.InDirectory(directory, build), out());
    }

    private PrintStream out() {
        return new PrintStream(output, true, StandardCharsets.UTF_8);
    }

    private String output() {
        return output.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
