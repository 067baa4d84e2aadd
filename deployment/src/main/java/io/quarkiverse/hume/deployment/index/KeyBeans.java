package io.quarkiverse.hume.deployment.index;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.eclipse.microprofile.config.Config;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;

import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeTokenSource;
import io.quarkus.arc.deployment.BuildExclusionsBuildItem;
import io.quarkus.arc.processor.BuiltinScope;
import io.quarkus.arc.processor.DotNames;

/**
 * Finds the beans with which an application replaces the source of keys or tokens, as far as the index shows them. The
 * container determines its beans too late for this decision.
 */
public final class KeyBeans {

    private static final Set<DotName> TYPES = Set.of(DotName.createSimple(HumeCredentialsProvider.class),
            DotName.createSimple(HumeTokenSource.class));
    private static final DotName MOCK = DotName.createSimple("io.quarkus.test.Mock");
    private static final DotName PRIORITY = DotName.createSimple("jakarta.annotation.Priority");
    private static final Set<DotName> MARKS_OF_BEANS = Set.of(DotNames.SCOPE, DotNames.NORMAL_SCOPE, DotNames.STEREOTYPE);

    private final IndexView index;
    private final Predicate<ClassInfo> ofExtensions;
    private final BuildExclusionsBuildItem exclusions;
    private final List<String> selected;
    private final List<String> excluded;
    private final Set<DotName> types = new TreeSet<>(TYPES);

    /** @param ofExtensions whether an extension makes the class a bean, for instance because of {@code @Path} */
    public KeyBeans(IndexView index, Predicate<ClassInfo> ofExtensions, BuildExclusionsBuildItem exclusions, Config config) {
        this.index = index;
        this.ofExtensions = ofExtensions;
        this.exclusions = exclusions;
        this.selected = names(config, "quarkus.arc.selected-alternatives");
        this.excluded = names(config, "quarkus.arc.exclude-types");
    }

    private static List<String> names(Config config, String property) {
        return List.of(config.getOptionalValue(property, String[].class).orElse(new String[0]));
    }

    /** The descriptions of the beans for messages; empty if the keys come from the configuration. */
    public Set<String> find() {
        Set<String> found = new TreeSet<>();
        for (DotName type : TYPES) {
            index.getAllKnownSubinterfaces(type).forEach(subinterface -> types.add(subinterface.name()));
            for (ClassInfo implementation : index.getAllKnownImplementations(type)) {
                types.add(implementation.name());
                if (!implementation.isAbstract() && isBean(implementation)) {
                    found.add(implementation.name().toString());
                }
            }
        }
        producers(DotNames.PRODUCES, found);
        // Quarkus treats a method with a scope annotation as a producer, even without @Produces.
        for (BuiltinScope scope : BuiltinScope.values()) {
            producers(scope.getName(), found);
        }
        return found;
    }

    private void producers(DotName annotation, Set<String> found) {
        for (AnnotationInstance producer : index.getAnnotations(annotation)) {
            AnnotationTarget target = producer.target();
            Type type = target.kind() == AnnotationTarget.Kind.METHOD ? target.asMethod().returnType()
                    : target.kind() == AnnotationTarget.Kind.FIELD ? target.asField().type() : null;
            if (type != null && types.contains(type.name()) && isUsed(target)) {
                ClassInfo declaring = declaring(target);
                if (!exclusions.isExcluded(declaring) && isUsed(declaring) && !matches(excluded, declaring)) {
                    found.add("a producer in " + declaring.name());
                }
            }
        }
    }

    private static ClassInfo declaring(AnnotationTarget member) {
        return member.kind() == AnnotationTarget.Kind.METHOD ? member.asMethod().declaringClass()
                : member.asField().declaringClass();
    }

    private boolean isBean(ClassInfo type) {
        return (type.declaredAnnotations().stream().map(AnnotationInstance::name).anyMatch(this::makesABean)
                || ofExtensions.test(type))
                && !type.hasDeclaredAnnotation(DotNames.VETOED) && isUsed(type) && !matches(excluded, type);
    }

    private boolean makesABean(DotName annotation) {
        ClassInfo type = index.getClassByName(annotation);
        return BuiltinScope.from(annotation) != null || annotation.equals(MOCK)
                || type != null && MARKS_OF_BEANS.stream().anyMatch(type::hasDeclaredAnnotation);
    }

    /** Whether the bean is enabled: neither disabled, for instance for a profile, nor an alternative that is not selected. */
    private boolean isUsed(AnnotationTarget target) {
        ClassInfo type = target.kind() == AnnotationTarget.Kind.CLASS ? target.asClass() : declaring(target);
        return !exclusions.isExcluded(target)
                && (!target.hasDeclaredAnnotation(DotNames.ALTERNATIVE) || target.hasDeclaredAnnotation(PRIORITY)
                        || matches(selected, type));
    }

    /**
     * Whether a list in the container's configuration contains the class. An entry is the full or simple name of a class, or a
     * package with or without its subpackages.
     */
    private static boolean matches(List<String> patterns, ClassInfo type) {
        String name = type.name().toString();
        String inPackage = type.name().packagePrefix() == null ? "" : type.name().packagePrefix();
        return patterns.stream().map(String::trim).anyMatch(pattern -> pattern.equals(name)
                || pattern.equals(type.simpleName())
                || pattern.endsWith(".**") && name.startsWith(pattern.substring(0, pattern.length() - 2))
                || pattern.endsWith(".*") && inPackage.equals(pattern.substring(0, pattern.length() - 2)));
    }
}
