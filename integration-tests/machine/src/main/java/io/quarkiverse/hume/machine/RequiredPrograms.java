package io.quarkiverse.hume.machine;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.platform.commons.support.AnnotationSupport;

/** Evaluates {@link RequiresProgram}. */
final class RequiredPrograms extends ToolCondition {

    private static final int SECONDS = 60;

    RequiredPrograms() {
    }

    RequiredPrograms(Tools tools) {
        super(tools);
    }

    @Override
    protected List<Tool> tools(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, RequiresProgram.class).stream()
                .flatMap(annotation -> Stream.of(annotation.value())
                        .map(command -> new Tool(command, annotation.remedy(), () -> problem(command))))
                .toList();
    }

    static Optional<String> problem(String command) {
        String version = command + " --version";
        try {
            Process process = new ProcessBuilder(version.split(" +")).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("\"" + version + "\" did not end within " + SECONDS + " seconds");
            }
            return process.exitValue() == 0 ? Optional.empty()
                    : Optional.of("\"" + version + "\" ended with the status " + process.exitValue());
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for \"" + version + "\"", e);
        }
    }
}
