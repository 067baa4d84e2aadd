package io.quarkiverse.hume.deployment.rest.credential;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.MethodParameterInfo;
import org.jboss.jandex.Type;

import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.rest.CredentialHeader;

/**
 * Determines which headers the parameters of a REST client's methods set. A parameter can be a single header, a bean with
 * fields, or a map of headers.
 */
final class HeaderParameters {

    private static final DotName HEADER_PARAM = DotName.createSimple("jakarta.ws.rs.HeaderParam");
    private static final DotName REST_HEADER = DotName.createSimple("org.jboss.resteasy.reactive.RestHeader");
    private static final DotName CLIENT_HEADER = DotName
            .createSimple("org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam");
    private static final DotName CLIENT_HEADERS = DotName
            .createSimple("org.eclipse.microprofile.rest.client.annotation.ClientHeaderParams");

    /**
     * An expression that refers to a parameter or method. Expressions that refer to the configuration begin with a dollar sign.
     */
    private static final Pattern EXPRESSION = Pattern.compile("(?<!\\$)\\{\\s*(\\w+)\\s*}");

    /** The types of which the REST client sends each element as text. */
    private static final Set<String> COLLECTIONS = Set.of("java.util.List", "java.util.Set", "java.util.SortedSet",
            "java.util.Collection");

    private final ClientIndex index;

    /**
     * A header with a credential that a parameter sets.
     *
     * @param type the type of the parameter, or of the field or accessor of a bean parameter; {@code null} if it is not known
     */
    record Declared(String header, Type type) {

        /** Whether the REST client would send the text of an object, such as {@code [Ljava.lang.String;@1b2c3d}. */
        boolean isSentAsObject() {
            if (type == null) {
                return false;
            }
            Type sent = type;
            if (sent.name().toString().equals("java.util.Optional") && sent.kind() == Type.Kind.PARAMETERIZED_TYPE) {
                sent = sent.asParameterizedType().arguments().get(0);
            }
            if (sent.kind() == Type.Kind.ARRAY) {
                return true;
            }
            return sent.kind() == Type.Kind.PARAMETERIZED_TYPE && COLLECTIONS.contains(sent.name().toString())
                    && !sent.asParameterizedType().arguments().get(0).name().toString().startsWith("java.lang.");
        }
    }

    HeaderParameters(ClientIndex index) {
        this.index = index;
    }

    /** Whether {@code @ClientHeaderParam} sets a credential. */
    boolean annotated(Collection<AnnotationInstance> annotations) {
        return credentials(annotations).findAny().isPresent();
    }

    private static Stream<AnnotationInstance> credentials(Collection<AnnotationInstance> annotations) {
        return annotations.stream().flatMap(annotation -> annotation.name().equals(CLIENT_HEADERS)
                ? Stream.of(annotation.value().asNestedArray())
                : Stream.of(annotation))
                .filter(annotation -> annotation.name().equals(CLIENT_HEADER)
                        && CredentialHeader.of(annotation.value("name")) != null);
    }

    /** Whether a parameter is a map of headers, whose names only the caller knows. */
    boolean open(MethodInfo method) {
        for (MethodParameterInfo parameter : method.parameters()) {
            boolean header = parameter.hasDeclaredAnnotation(HEADER_PARAM) || parameter.hasDeclaredAnnotation(REST_HEADER);
            if (header && isMap(parameter.type().name())
                    || bean(parameter.type().name(), true, false, new HashSet<>()) != null) {
                return true;
            }
        }
        return false;
    }

    /** @return the header with a credential that a parameter declares; {@code null} if none does */
    Declared declared(MethodInfo method) {
        for (MethodParameterInfo parameter : method.parameters()) {
            Declared declared = isMap(parameter.type().name()) ? null
                    : header(parameter.declaredAnnotations(), parameter.name(), parameter.type());
            if (declared == null) {
                declared = bean(parameter.type().name(), false, false, new HashSet<>());
            }
            if (declared != null) {
                return declared;
            }
        }
        return credentials(method.declaredAnnotations()).filter(annotation -> namesParameter(annotation, method))
                .map(annotation -> new Declared(CredentialHeader.of(annotation.value("name")), null)).findFirst().orElse(null);
    }

    /**
     * Whether the value of {@code @ClientHeaderParam} refers to a parameter. A method of the interface with the same name takes
     * precedence.
     */
    private static boolean namesParameter(AnnotationInstance annotation, MethodInfo method) {
        for (String value : annotation.value().asStringArray()) {
            for (Matcher name = EXPRESSION.matcher(value); name.find();) {
                if (method.parameters().stream().anyMatch(parameter -> name.group(1).equals(parameter.name()))
                        && method.declaringClass().methods().stream()
                                .noneMatch(other -> other.name().equals(name.group(1)))) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Finds a header in a class that may be a bean parameter. The REST client treats a class as a bean parameter even without
     * the annotation.
     *
     * @param maps whether to look for a map of headers rather than for a header with a credential
     * @param derived whether the class is a super-class of a bean parameter
     */
    private Declared bean(DotName type, boolean maps, boolean derived, Set<DotName> seen) {
        // The REST client reads classes outside the index only if they are super-classes of an indexed class.
        ClassInfo bean = derived || index.isIndexed(type) ? index.type(type) : null;
        if (bean == null || bean.isInterface() || !seen.add(type)) {
            return null;
        }
        for (DotName annotation : List.of(HEADER_PARAM, REST_HEADER)) {
            for (AnnotationInstance instance : bean.annotationsMap().getOrDefault(annotation, List.of())) {
                Declared declared = member(instance, maps);
                if (declared != null) {
                    return declared;
                }
            }
        }
        for (var field : bean.fields()) {
            Declared declared = bean(field.type().name(), maps, false, seen);
            if (declared != null) {
                return declared;
            }
        }
        return bean.superName() == null ? null : bean(bean.superName(), maps, true, seen);
    }

    private Declared member(AnnotationInstance annotation, boolean maps) {
        AnnotationTarget target = annotation.target();
        Type type = switch (target.kind()) {
            case FIELD -> target.asField().type();
            case METHOD_PARAMETER -> target.asMethodParameter().type();
            case RECORD_COMPONENT -> target.asRecordComponent().type();
            case METHOD -> target.asMethod().returnType();
            default -> null;
        };
        if (type == null) {
            return null;
        }
        String name = switch (target.kind()) {
            case FIELD -> target.asField().name();
            case METHOD_PARAMETER -> target.asMethodParameter().name();
            case RECORD_COMPONENT -> target.asRecordComponent().name();
            default -> property(target.asMethod().name());
        };
        if (isMap(type.name())) {
            return maps ? new Declared(name, type) : null;
        }
        return maps ? null : header(List.of(annotation), name, type);
    }

    private static Declared header(Collection<AnnotationInstance> annotations, String name, Type type) {
        for (AnnotationInstance annotation : annotations) {
            String header = null;
            if (annotation.name().equals(HEADER_PARAM)) {
                header = CredentialHeader.of(annotation.value());
            } else if (annotation.name().equals(REST_HEADER)) {
                boolean named = annotation.value() != null && !annotation.value().asString().isEmpty();
                header = named ? CredentialHeader.of(annotation.value()) : CredentialHeader.ofVariable(name);
            }
            if (header != null) {
                return new Declared(header, type);
            }
        }
        return null;
    }

    private static String property(String accessor) {
        return accessor.startsWith("get") || accessor.startsWith("set") ? accessor.substring(3) : accessor;
    }

    private boolean isMap(DotName type) {
        Set<DotName> seen = new HashSet<>();
        DotName map = DotName.createSimple(Map.class);
        for (DotName name = type; name != null && seen.add(name);) {
            if (name.equals(map) || name.withoutPackagePrefix().endsWith("Map")) {
                return true;
            }
            ClassInfo info = index.index().getClassByName(name);
            name = info == null ? null : info.superName();
        }
        return false;
    }
}
