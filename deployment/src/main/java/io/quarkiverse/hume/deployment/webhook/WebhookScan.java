package io.quarkiverse.hume.deployment.webhook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.resteasy.reactive.server.model.HandlerChainCustomizer;
import org.jboss.resteasy.reactive.server.processor.ServerEndpointIndexer;
import org.jboss.resteasy.reactive.server.processor.scanning.MethodScanner;

import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkiverse.hume.runtime.webhook.WebhookCustomizer;

/**
 * Adds the verification to resource methods. The server calls it for every resource method while it builds its endpoints, on
 * several threads. It records which annotations had an effect, because only the server knows which methods become endpoints.
 */
final class WebhookScan implements MethodScanner {

    private final IndexView index;
    private final Set<String> effective = ConcurrentHashMap.newKeySet();
    private final Map<String, String> resources = new ConcurrentHashMap<>();

    WebhookScan(IndexView index) {
        this.index = index;
    }

    @Override
    public List<HandlerChainCustomizer> scan(MethodInfo method, ClassInfo endpoint, Map<String, Object> context) {
        List<AnnotationInstance> found = annotations(method, endpoint);
        if (found.isEmpty()) {
            return List.of();
        }
        found.forEach(annotation -> effective.add(key(annotation)));
        String account = HumeAnnotations.account(found.get(0));
        String resource = endpoint.name() + "#" + method.name();
        resources.put(account, resource);
        return List.of(new WebhookCustomizer().setAccount(account).setResource(resource));
    }

    /** Complete only after all endpoints have been scanned. */
    boolean hadEffect(AnnotationInstance annotation) {
        return effective.contains(key(annotation));
    }

    /** A method that receives the webhooks of the account, by account. Complete only after all endpoints have been scanned. */
    Map<String, String> resources() {
        return new TreeMap<>(resources);
    }

    /** The annotations that apply to the method, in order of precedence. */
    private List<AnnotationInstance> annotations(MethodInfo method, ClassInfo endpoint) {
        Set<ClassInfo> types = types(method, endpoint);
        List<AnnotationInstance> found = new ArrayList<>();
        for (ClassInfo type : types) {
            MethodInfo same = type.method(method.name(), method.parameterTypes());
            add(found, same == null ? null : same.declaredAnnotation(HumeAnnotations.WEBHOOK));
        }
        add(found, ServerEndpointIndexer.findEndpointImplementation(method, endpoint, index)
                .declaredAnnotation(HumeAnnotations.WEBHOOK));
        add(found, method.declaredAnnotation(HumeAnnotations.WEBHOOK));
        types.forEach(type -> add(found, type.declaredAnnotation(HumeAnnotations.WEBHOOK)));
        return found;
    }

    /** The endpoint, the types that it inherits from and, if it is abstract or an interface, the types that inherit from it. */
    private Set<ClassInfo> types(MethodInfo method, ClassInfo endpoint) {
        Set<ClassInfo> types = new LinkedHashSet<>();
        addWithParents(types, endpoint);
        if (endpoint.isInterface()) {
            index.getAllKnownImplementations(endpoint.name()).forEach(type -> addWithParents(types, type));
        } else if (endpoint.isAbstract()) {
            index.getAllKnownSubclasses(endpoint.name()).forEach(type -> addWithParents(types, type));
        }
        addWithParents(types, method.declaringClass());
        return types;
    }

    private void addWithParents(Set<ClassInfo> types, ClassInfo type) {
        if (type != null && types.add(type)) {
            if (type.superName() != null) {
                addWithParents(types, index.getClassByName(type.superName()));
            }
            type.interfaceNames().forEach(parent -> addWithParents(types, index.getClassByName(parent)));
        }
    }

    private static void add(List<AnnotationInstance> found, AnnotationInstance annotation) {
        if (annotation != null) {
            found.add(annotation);
        }
    }

    /** Method infos with the same signature in different classes are equal, so the class is part of the key. */
    private static String key(AnnotationInstance annotation) {
        return annotation.target().kind() == AnnotationTarget.Kind.METHOD
                ? annotation.target() + " of " + annotation.target().asMethod().declaringClass().name()
                : annotation.target().toString();
    }
}
