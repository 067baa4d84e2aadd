package io.quarkiverse.hume.machine;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs a test only if the machine has the tools that an annotation of the test names. */
public abstract class ToolCondition implements ExecutionCondition {

    private final Tools tools;

    protected ToolCondition() {
        this(Tools.ofThisMachine());
    }

    ToolCondition(Tools tools) {
        this.tools = tools;
    }

    /** @return the tools that the element needs; empty if it has no annotation */
    protected abstract List<Tool> tools(AnnotatedElement element);

    /** @throws MissingToolException if a tool that this build requires is missing */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        for (Tool tool : context.getElement().map(this::tools).orElse(List.of())) {
            Optional<String> reason = tools.reasonToSkip(tool);
            if (reason.isPresent()) {
                return ConditionEvaluationResult.disabled(reason.get());
            }
        }
        return ConditionEvaluationResult.enabled("All tools are there");
    }
}
