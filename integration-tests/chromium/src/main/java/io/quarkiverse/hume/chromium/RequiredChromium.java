package io.quarkiverse.hume.chromium;

import java.lang.reflect.AnnotatedElement;
import java.util.List;

import org.junit.platform.commons.support.AnnotationSupport;

import io.quarkiverse.hume.machine.Tool;
import io.quarkiverse.hume.machine.ToolCondition;

/** Evaluates {@link RequiresChromium}. */
final class RequiredChromium extends ToolCondition {

    @Override
    protected List<Tool> tools(AnnotatedElement element) {
        return AnnotationSupport.isAnnotated(element, RequiresChromium.class) ? List.of(Chromium.TOOL) : List.of();
    }
}
